/** Chooses the browser's own time zone in `<select data-own-timezone>`, as long as nobody has chosen one. */
const select = document.querySelector<HTMLSelectElement>("select[data-own-timezone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select?.value === "UTC" && [...select.options].some((option) => option.value === own)) select.value = own;
