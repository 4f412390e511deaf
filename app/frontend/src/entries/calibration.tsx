/** The page where a course's ratings are fitted to its teacher. */
import { render } from "preact";
import { Calibration } from "../calibration/Calibration.tsx";
import { sendAll } from "../calibration/rating.ts";
import { waitForComparison } from "../calibration/state.ts";

const room = document.getElementById("fw-calibration");
if (room) {
  render(<Calibration />, room);
  waitForComparison();
  void sendAll();
}
