const kept = new Map();
window.heard = [];
addEventListener("message", (event) => {
  const said = event.data ?? {};
  window.heard.push(said);
  if (said.subject === "lti.frameResize") document.querySelector("iframe").height = said.height;
  if (said.subject === "lti.put_data") kept.set(event.origin + said.key, said.value);
  if (!/^lti\.(put|get)_data$/.test(said.subject)) return;
  const answer = { subject: `${said.subject}.response`, message_id: said.message_id, key: said.key };
  event.source.postMessage({ ...answer, value: kept.get(event.origin + said.key) }, event.origin);
});
