// load gives the answer to a request with its page read: fetch gives text, which a strict
// page may not make a document of.
export function load(method, to, body) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, to);
    request.responseType = "document";
    request.onload = () => done(request);
    request.onerror = fail;
    request.send(body);
  });
}
