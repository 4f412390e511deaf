/** Connects the “Aa” menu and the moon in the header with the reading settings. */
import { CHANGED, changeSettings, isDark, type ReadingSettings, readSettings } from "./theme.ts";

function show(form: HTMLFormElement, settings: ReadingSettings): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input")) {
    if (input.type === "radio") input.checked = settings[input.name as keyof ReadingSettings] === input.value;
    else if (input.type === "checkbox") input.checked = settings.keys;
    else input.value = String(settings.size);
  }
}

function changeOf(input: HTMLInputElement): Partial<ReadingSettings> {
  if (input.type === "checkbox") return { keys: input.checked };
  if (input.type === "range") return { size: Number(input.value) };
  return { [input.name]: input.value };
}

export function startSettingsMenu(): void {
  const form = document.querySelector<HTMLFormElement>("[data-reading-settings]");
  const moon = document.querySelector<HTMLElement>("[data-toggle-dark]");
  const refresh = () => {
    if (form) show(form, readSettings());
    moon?.setAttribute("aria-pressed", String(isDark()));
  };
  form?.addEventListener("input", (event) => changeSettings(changeOf(event.target as HTMLInputElement)));
  form?.addEventListener("submit", (event) => event.preventDefault());
  moon?.addEventListener("click", () => changeSettings({ theme: isDark() ? "light" : "dark" }));
  document.addEventListener(CHANGED, refresh);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
  refresh();
}
