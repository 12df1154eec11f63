// What both node servers do with HTTP: a posted message is stamped and told.

/** @param {(message: object) => void} tell */
export function published(tell) {
  return (request, response) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      if (request.method === "POST") tell({ ...JSON.parse(body), now: Date.now() });
      response.setHeader("Content-Type", "application/json");
      response.end("{}");
    });
  };
}
