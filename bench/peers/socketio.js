// Tells all sockets of a node socket.io server what is posted, with the instant at which it is told.

import http from "node:http";
import { Server } from "socket.io";
import { published } from "./published.js";

const SNAPSHOT = { version: 1, now: 0, view: { text: "x".repeat(900) } };

const server = http.createServer(published((message) => io.emit("patch", message)));
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false, httpCompression: false, serveClient: false });
io.on("connection", (socket) => socket.emit("snapshot", SNAPSHOT));
server.listen(Number(process.argv[2]), "127.0.0.1", 4096);
