// Tells all sockets of a node ws server what is posted, with the instant at which it is told.
// Usage: node ws.js PORT FIRST; whoever joins gets FIRST bytes of text.

import http from "node:http";
import { WebSocketServer } from "ws";
import { published } from "./published.js";

const [port, first] = process.argv.slice(2);
const SNAPSHOT = JSON.stringify(["snapshot", { version: 1, now: 0, view: { text: "x".repeat(Number(first)) } }]);

const server = http.createServer(
  published((message) => {
    const text = JSON.stringify(["patch", message]);
    for (const socket of sockets.clients) socket.send(text);
  }),
);
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on("connection", (socket) => socket.send(SNAPSHOT));
server.listen(Number(port), "127.0.0.1", 4096);
