/** The script of every page: `{{ ui.script('page.js') }}`, already in base.html. */
import { startDialogs } from "../lib/dialog.ts";
import { startFramed } from "../lib/framed.ts";
import { startMenus } from "../lib/menu.ts";
import { startPageHabits } from "../lib/page-habits.ts";
import { startPhone } from "../lib/phone.ts";
import { startSettingsMenu } from "../lib/settings-menu.ts";
import { startTabs } from "../lib/tabs.ts";
import { startToasts } from "../lib/toast.ts";

startMenus();
startDialogs();
startTabs();
startToasts();
startSettingsMenu();
startPageHabits();
startFramed();
startPhone();
