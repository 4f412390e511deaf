/** Runs before the first paint, so that a page chosen to be dark does not flash white. */
import { applySettings, readSettings } from "../lib/theme.ts";

document.documentElement.classList.add("js");
applySettings(readSettings());
