// Tells all sockets of a node socket.io server what is posted, with the instant at which it is told.
// Usage: node socketio.js PORT FIRST; whoever joins gets FIRST bytes of text.

import http from "node:http";
import { Server } from "socket.io";
import { published } from "./published.js";

const [port, first] = process.argv.slice(2);
const SNAPSHOT = { version: 1, now: 0, view: { text: "x".repeat(Number(first)) } };

const server = http.createServer(published((message) => io.emit("patch", message)));
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false, httpCompression: false, serveClient: false });
io.on("connection", (socket) => socket.emit("snapshot", SNAPSHOT));
server.listen(Number(port), "127.0.0.1", 4096);
