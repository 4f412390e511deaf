/** The page of a roster on its way: how far it is, and then what it would change, without loading the page again. */
import { keepFresh } from "../lib/keep-fresh.ts";
import { toast } from "../lib/toast.ts";

keepFresh("roster-import", (found) => {
  const state = found.querySelector(".chip")?.textContent?.trim();
  if (state) toast(state);
});
