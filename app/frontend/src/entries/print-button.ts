/** “Print” buttons: `<button data-print>` opens the browser's print dialog. */
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]"))
  button.addEventListener("click", () => print());
