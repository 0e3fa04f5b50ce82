// Bytes to an address. fetch tells nothing of how far it is; a film on a telephone takes a while.

export function sent(method, to, body, progress, headers = {}) {
  const request = new XMLHttpRequest();
  request.open(method, to);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => progress(event.loaded / event.total));
  return new Promise((done, failed) => {
    request.addEventListener("load", () => done({ ok: request.status < 300, status: request.status, told: request.response }));
    request.addEventListener("error", failed);
    request.send(body);
  });
}
