/** Within an LMS's frame: gives the LMS the browser's half of the state to keep, then asks it who is there. */

import { pageData } from "../lib/page-data.ts";
import { putData, type StoragePlace } from "../lib/platform-storage.ts";

const page = pageData<StoragePlace & { value: string; next: string }>("lti-storing");
await putData(page, page.value).catch(() => undefined); // a cookie may do, and else a window of its own
location.replace(page.next);
