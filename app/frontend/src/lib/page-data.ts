/** Data that the server put into the page with the macro `ui.data(id, value)`. */
export function pageData<T>(id: string): T {
  const text = document.getElementById(id)?.textContent;
  if (!text) throw new Error(`The page holds no data “${id}”.`);
  return JSON.parse(text) as T;
}
