// The one browser that these journeys run in, by a driver that can do no more than they need.
//
// A driver finds things by the role and the name that assistive technology is told. It has:
//   open(address), reload()     done when the page has loaded
//   tap(role, name)             a link, a button, a radio or a checkbox
//   type(name, text)            into a field
//   choose(name, file)          by a file input
//   url(), evaluate(script, argument)   where the page is; what a function in it answers
//   tellOffline(isOffline)      makes the browser say so, where its protocol can
//   close()
import { Firefox } from "./firefox.mjs";
import { WebKit } from "./webkit.mjs";

const DRIVERS = { firefox: Firefox, webkit: WebKit };

/** Opens the browser that WIJKBEELD_BROWSER names, with all it keeps in `folder`; tells `note` of every error in a page. */
export function openDriver(folder, note) {
  const name = process.env.WIJKBEELD_BROWSER;
  const driver = DRIVERS[name];
  if (!driver) throw new Error(`WIJKBEELD_BROWSER is ${name}; there are drivers for ${Object.keys(DRIVERS).join(" and ")}`);
  return driver.open(folder, note);
}
