//! Simulation of many phones and one server.
