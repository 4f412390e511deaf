/** The LMS opened us to register: tell it that we are done, so that it closes our window. */
import { pageData } from "../lib/page-data.ts";

const { origin } = pageData<{ origin: string }>("lti-registered");
const above = window.opener ?? (window.parent === window ? null : window.parent);
if (origin) above?.postMessage({ subject: "org.imsglobal.lti.close" }, origin);
