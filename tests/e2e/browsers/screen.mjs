// The phone that every browser here is.

export const SCREEN = { width: 360, height: 740, language: "nl-NL" };
