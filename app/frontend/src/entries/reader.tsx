/** The reading page: opens the document's surface, loads what the class wrote, and connects. */
import "./page.ts"; // one script for the whole page
import { render } from "preact";
import { startPage } from "../reader/start.tsx";

void startPage(render);
