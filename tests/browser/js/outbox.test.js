// What rapporteurs write: through outages, reloads and each other, nothing is lost, doubled or overwritten.

import assert from "node:assert/strict";
import { test } from "node:test";

import { contentOf, LONGEST_PAUSE, merged, Outbox, PAUSE, RETRY, same } from "../../../static/js/record/outbox.js";

const POINT = { segment: "s2", intervention: null, theme: null, kind: null, stance: null, text: "A point" };

/** A server's answer that says no, as api.js throws it. */
function refusal(status, body, more = {}) {
  return Object.assign(new Error(body.message), { status, body, ...more });
}

/** The server: the rules of docs/protocol.md, in the fewest lines. */
class Server {
  notes = new Map();
  writes = [];

  put(id, { base, ...content }) {
    const found = this.notes.get(id);
    if (found ? found.text === "" : base > 0) throw refusal(409, { reason: "note-dropped", message: "Dropped" });
    if (found && same(found, content)) return { revision: found.revision };
    if ((found?.revision ?? 0) !== base) throw refusal(409, { reason: "note-changed", message: "Changed", note: { ...found } });
    this.notes.set(id, { id, ...content, revision: base + 1, at: this.notes.size });
    this.writes.push(content.text);
    return { revision: base + 1 };
  }

  drop(id, base) {
    const found = this.notes.get(id);
    if (!found || found.text === "") return;
    if (found.revision !== base) throw refusal(409, { reason: "note-changed", message: "Changed", note: { ...found } });
    this.notes.set(id, { ...found, text: "", revision: base + 1 });
  }

  list() {
    return [...this.notes.values()].filter(({ text }) => text !== "").map((note) => ({ ...note }));
  }
}

/** One browser: what it keeps outlives its pages. `way` decides what becomes of each request. */
class Desk {
  stored = new Map();
  now = 0;
  #made = 0;

  constructor(server, name = "a", way = () => "through") {
    Object.assign(this, { server, name, way });
    this.reload();
  }

  reload() {
    const drawer = {
      ids: () => [...this.stored.keys()],
      read: (id) => this.stored.get(id) ?? null,
      write: (id, entry) => this.stored.set(id, entry),
      remove: (id) => this.stored.delete(id),
    };
    const carrier = {
      put: (id, body) => this.#ask(() => this.server.put(id, body)),
      drop: (id, base) => this.#ask(() => this.server.drop(id, base)),
    };
    this.box = new Outbox({ drawer, carrier, newId: () => this.newId(), now: () => this.now });
  }

  newId() {
    this.#made += 1;
    return `${this.name}${this.#made}`;
  }

  async #ask(deed) {
    const fate = this.way();
    if (fate === "lost") throw new TypeError("Failed to fetch");
    if (fate === "busy") throw refusal(503, { reason: "not-recorded", message: "Busy" }, { retryAfter: 1_000 });
    const answer = deed();
    await null;
    if (fate === "unanswered") throw new TypeError("Failed to fetch");
    return answer;
  }

  /** Writes a new note; tells its id. */
  note(text, how) {
    const id = this.newId();
    this.box.write(id, { ...POINT, text }, how);
    return id;
  }

  look() {
    this.box.take(this.server.list(), this.box.mark());
  }

  texts() {
    return this.box.notes.map(({ text }) => text);
  }
}

const standing = (desk, id) => desk.box.note(id)?.standing;

test("what is written is sent in order, once, and then no longer kept here", async () => {
  const desk = new Desk(new Server());
  const [first] = ["one", "two", "three"].map((text) => desk.note(text));
  assert.equal(standing(desk, first), "waiting");
  assert.equal(await desk.box.deliver(), Infinity);
  assert.deepEqual(desk.server.writes, ["one", "two", "three"]);
  assert.equal(standing(desk, first), "kept");
  assert.equal(desk.stored.size, 0);
});

test("what is being typed waits until its writer rests, and not for ever", async () => {
  const desk = new Desk(new Server());
  const id = desk.note("o", { typing: true });
  assert.equal(await desk.box.deliver(), PAUSE);
  for (desk.now = 500; desk.now < LONGEST_PAUSE; desk.now += 500) {
    desk.box.write(id, { ...POINT, text: `o${desk.now}` }, { typing: true });
    await desk.box.deliver();
    assert.deepEqual(desk.server.writes, []);
  }
  assert.equal(await desk.box.deliver(), Infinity);
  assert.deepEqual(desk.server.writes, [`o${LONGEST_PAUSE - 500}`]);
  desk.box.write(id, { ...POINT, text: "done" }, { typing: true });
  desk.box.hurry();
  await desk.box.deliver();
  assert.equal(desk.server.list()[0].text, "done");
});

test("a text without words is not sent, and leaves nothing when it is left", async () => {
  const desk = new Desk(new Server());
  const id = desk.newId();
  desk.box.open(id);
  desk.box.write(id, { ...POINT, theme: "t1", text: "  " });
  await desk.box.deliver();
  assert.equal(desk.box.note(id).theme, "t1");
  desk.box.open(null);
  assert.deepEqual([desk.server.writes, desk.stored.size], [[], 0]);
});

test("a kept note whose words were taken away is as before when it is left", async () => {
  const desk = new Desk(new Server());
  const id = desk.note("one");
  await desk.box.deliver();
  desk.box.open(id);
  desk.box.write(id, { ...POINT, text: "" });
  await desk.box.deliver();
  desk.box.open(null);
  assert.deepEqual([desk.texts(), desk.stored.size], [["one"], 0]);
});

test("what did not get through is kept through a reload and sent afterwards", async () => {
  const desk = new Desk(new Server(), "a", () => "lost");
  const id = desk.note("one");
  assert.equal(await desk.box.deliver(), RETRY);
  assert.equal(desk.box.held, true);
  desk.reload();
  assert.equal(standing(desk, id), "waiting");
  desk.way = () => "through";
  await desk.box.deliver();
  assert.equal(desk.box.held, false);
  assert.deepEqual([desk.server.writes, desk.stored.size], [["one"], 0]);
});

test("an answer that was lost is asked for again before what was written since is sent", async () => {
  const desk = new Desk(new Server(), "a", () => "unanswered");
  const id = desk.note("one");
  await desk.box.deliver();
  desk.box.write(id, { ...POINT, text: "one, two" });
  desk.reload();
  desk.way = () => "through";
  await desk.box.deliver();
  assert.deepEqual(desk.server.writes, ["one", "one, two"]);
  assert.equal(standing(desk, id), "kept");
});

test("a note that was removed before its answer came is removed", async () => {
  const desk = new Desk(new Server(), "a", () => "unanswered");
  const id = desk.note("one");
  await desk.box.deliver();
  desk.box.remove(id);
  assert.deepEqual(desk.texts(), []);
  desk.way = () => "through";
  await desk.box.deliver();
  assert.deepEqual([desk.server.list(), desk.stored.size], [[], 0]);
});

test("one that the server never had is removed without a word to it", async () => {
  const desk = new Desk(new Server());
  desk.box.remove(desk.note("one"));
  await desk.box.deliver();
  assert.deepEqual([desk.server.notes.size, desk.stored.size], [0, 0]);
});

test("a server that is busy is asked again after as long as it says", async () => {
  const desk = new Desk(new Server(), "a", () => "busy");
  desk.note("one");
  assert.equal(await desk.box.deliver(), RETRY);
});

test("what the server will not have is said in its words, and the rest goes on", async () => {
  const desk = new Desk(new Server());
  const refused = desk.note("bad");
  const put = desk.server.put.bind(desk.server);
  desk.server.put = (id, body) => {
    if (body.text === "bad") throw refusal(400, { reason: "invalid", message: "Not as it must be" });
    return put(id, body);
  };
  desk.note("good");
  await desk.box.deliver();
  const { standing: stands, words, text } = desk.box.note(refused);
  assert.deepEqual([stands, words, text], ["refused", "Not as it must be", "bad"]);
  assert.deepEqual(desk.server.writes, ["good"]);
  desk.box.write(refused, { ...POINT, text: "better" });
  await desk.box.deliver();
  assert.equal(standing(desk, refused), "kept");
});

/** Two desks that have both seen one note, which the second has changed since the first looked. */
async function two(change) {
  const server = new Server();
  const [first, second] = [new Desk(server, "a"), new Desk(server, "b")];
  const id = first.note("seen by both");
  await first.box.deliver();
  first.look();
  second.look();
  if (change === null) second.box.remove(id);
  else second.box.write(id, { ...POINT, text: "seen by both", ...change });
  await second.box.deliver();
  return { server, first, second, id };
}

test("what two have changed in different fields is put together", async () => {
  const { server, first, id } = await two({ theme: "t1", kind: "concern" });
  first.box.write(id, { ...POINT, text: "seen and changed" });
  await first.box.deliver();
  assert.deepEqual(contentOf(server.notes.get(id)), { ...POINT, theme: "t1", kind: "concern", text: "seen and changed" });
  assert.equal(standing(first, id), "kept");
});

for (const [which, expected] of [
  ["mine", ["mine"]],
  ["theirs", ["theirs"]],
  ["both", ["mine", "theirs"]],
]) {
  test(`where two have changed the text, both are shown, and ${which} can be kept`, async () => {
    const { server, first, id } = await two({ text: "theirs" });
    first.box.write(id, { ...POINT, text: "mine" });
    await first.box.deliver();
    assert.equal(standing(first, id), "clash");
    first.reload();
    const { mine, theirs } = first.box.clash(id);
    assert.deepEqual([mine.text, theirs.text], ["mine", "theirs"]);
    assert.deepEqual(server.list().map(({ text }) => text), ["theirs"]);
    first.box.settle(id, which);
    await first.box.deliver();
    assert.deepEqual(server.list().map(({ text }) => text).sort(), expected);
    assert.equal(first.stored.size, 0);
  });
}

test("what somebody else removed can be kept as a new note, or given up", async () => {
  for (const [which, expected] of [
    ["mine", ["mine"]],
    ["theirs", []],
  ]) {
    const { server, first, id } = await two(null);
    first.box.write(id, { ...POINT, text: "mine" });
    await first.box.deliver();
    assert.equal(first.box.clash(id).theirs, null);
    assert.equal(first.box.settle(id, which) === null, which === "theirs");
    await first.box.deliver();
    assert.deepEqual(server.list().map(({ text }) => text), expected);
  }
});

test("what somebody else changed is not removed unseen", async () => {
  const { server, first, id } = await two({ text: "theirs" });
  first.box.remove(id);
  await first.box.deliver();
  assert.deepEqual([standing(first, id), first.box.note(id).removed], ["clash", true]);
  assert.equal(server.list().length, 1);
  first.box.settle(id, "mine");
  await first.box.deliver();
  assert.deepEqual([server.list(), first.texts()], [[], []]);
});

test("an open note that nobody has touched here shows what others make of it", async () => {
  const { server, first, second, id } = await two({ text: "theirs" });
  first.box.open(id);
  first.box.write(id, { ...POINT, text: "seen by both" });
  first.look();
  assert.equal(first.box.note(id).text, "theirs");
  first.box.write(id, { ...POINT, text: "theirs and mine" });
  await first.box.deliver();
  second.look();
  assert.deepEqual([second.texts(), server.writes.length], [["theirs and mine"], 3]);
});

test("a space after the last word stays where it is while somebody types", async () => {
  const desk = new Desk(new Server());
  const id = desk.note("one");
  await desk.box.deliver();
  desk.box.open(id);
  for (const text of ["one ", "one t", "one t "]) {
    desk.box.write(id, { ...POINT, text }, { typing: true });
    assert.equal(desk.box.note(id).text, text);
    desk.now += PAUSE;
    await desk.box.deliver();
    desk.look();
    assert.equal(desk.box.note(id).text, text);
  }
  assert.deepEqual(desk.server.writes, ["one", "one t"]);
});

test("a list that was asked for before something was written does not take it away", async () => {
  const desk = new Desk(new Server());
  const [old, mark] = [desk.server.list(), desk.box.mark()];
  const id = desk.note("one");
  await desk.box.deliver();
  desk.box.take(old, mark);
  assert.equal(standing(desk, id), "kept");
  const late = desk.server.list();
  desk.box.remove(id);
  await desk.box.deliver();
  desk.box.take(late, 0);
  assert.deepEqual(desk.texts(), []);
});

test("two tabs of one browser send what waits once, and the later words win", async () => {
  const server = new Server();
  const [tab, other] = [new Desk(server, "a"), new Desk(server, "b")];
  other.stored = tab.stored;
  other.reload();
  const id = tab.note("one");
  await Promise.all([tab.box.deliver(), other.box.deliver()]);
  tab.box.write(id, { ...POINT, text: "one, two" });
  await Promise.all([tab.box.deliver(), other.box.deliver()]);
  assert.deepEqual([server.writes, tab.stored.size], [["one", "one, two"], 0]);
});

test("what is put together takes each field from whoever changed it", () => {
  const was = { ...POINT, theme: "t1" };
  assert.deepEqual(merged(was, { ...was, text: "x" }, { ...was, theme: null }), { ...was, text: "x", theme: null });
  assert.deepEqual(merged(was, { ...was, text: " A point " }, { ...was, text: "y" }), { ...was, text: "y" });
  assert.equal(merged(was, { ...was, text: "x" }, { ...was, text: "y" }), null);
  assert.equal(merged(null, { ...was, text: "x" }, was), null);
  assert.deepEqual(merged(null, was, was), was);
  assert.equal(merged(was, { ...was, segment: "s3", theme: null }, { ...was, theme: "t2" }), null);
});

/** Numbers that look random and are the same in each run. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/**
 * A meeting of rapporteurs on a bad network: each adds words to what they see, removes what they see, looks, reloads. Every word
 * is written once, so that it can be found again. `removed` are the words that somebody saw and removed.
 */
async function meeting(seed, { removing }) {
  const roll = dice(seed);
  const server = new Server();
  const fates = ["through", "through", "lost", "unanswered", "busy"];
  const desks = ["a", "b", "c"].map((name) => new Desk(server, name, () => fates[roll(fates.length)]));
  const [written, removed] = [new Set(), new Set()];
  let [word, doubles] = [0, 0];
  const both = (desk, id) => {
    doubles += 1;
    desk.box.settle(id, "both");
  };
  const running = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const desk = desks[roll(desks.length)];
    const seen = desk.box.notes.filter((note) => note.standing !== "clash");
    const one = seen[roll(seen.length)];
    const act = roll(removing ? 12 : 11);
    if (act < 2 || (act < 5 && !one)) {
      written.add(`w${(word += 1)}`);
      desk.note(`w${word}`);
    } else if (act < 5) {
      written.add(`w${(word += 1)}`);
      desk.box.write(one.id, { ...contentOf(one), text: `${one.text} w${word}` }, { typing: roll(2) === 0 });
    } else if (act < 8) {
      running.push(desk.box.deliver());
      if (roll(2)) await running[running.length - 1];
    } else if (act < 9) {
      desk.look();
    } else if (act < 10) {
      desk.now += roll(2 * PAUSE);
      await Promise.all(running);
      desk.reload();
      if (roll(2)) desk.look();
    } else if (act < 11) {
      const clash = desk.box.notes.find((note) => note.standing === "clash");
      if (clash) both(desk, clash.id);
    } else if (one) {
      for (const each of one.text.split(" ")) removed.add(each);
      desk.box.remove(one.id);
    }
  }
  await Promise.all(running);
  // The network comes back; whatever two have made of a note is kept as two.
  for (let round = 0; round < 12; round += 1) {
    for (const desk of desks) {
      desk.way = () => "through";
      desk.box.hurry();
      await desk.box.deliver();
      for (const { id, standing: stands, removed: gone } of desk.box.notes) {
        if (stands === "clash" && gone) desk.box.settle(id, "theirs");
        else if (stands === "clash") both(desk, id);
      }
    }
  }
  for (const desk of desks) desk.look();
  return { server, desks, written, removed, doubles };
}

test("in any meeting on a bad network no word is lost, and all see the same", async () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const { server, desks, written } = await meeting(seed, { removing: false });
    const told = server.list().map(({ text }) => text);
    const found = new Set(told.join(" ").split(" "));
    assert.deepEqual([...written].filter((word) => !found.has(word)), [], `seed ${seed}`);
    for (const desk of desks) {
      assert.equal(desk.stored.size, 0, `seed ${seed}`);
      assert.deepEqual(desk.texts(), told, `seed ${seed}`);
    }
  }
});

test("nothing is doubled, and of what is removed only what its remover saw is gone", async () => {
  let simple = 0;
  for (let seed = 1; seed <= 150; seed += 1) {
    const { server, desks, written, removed, doubles } = await meeting(seed, { removing: true });
    const told = server.list().map(({ text }) => text);
    const words = told.join(" ").split(" ");
    assert.deepEqual([...written].filter((word) => !removed.has(word) && !words.includes(word)), [], `seed ${seed}`);
    for (const text of told) assert.equal(new Set(text.split(" ")).size, text.split(" ").length, `seed ${seed}`);
    for (const desk of desks) assert.deepEqual(desk.texts(), told, `seed ${seed}`);
    if (doubles > 0) continue;
    // Only where somebody kept both does a word stand twice.
    assert.equal(new Set(words).size, words.length, `seed ${seed}`);
    simple += 1;
  }
  assert.ok(simple > 5, `${simple} meetings in which nobody kept both`);
});

test("one rapporteur alone doubles nothing, whatever the network does", async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed);
    const fates = ["through", "lost", "unanswered", "busy"];
    const desk = new Desk(new Server(), "a", () => fates[roll(fates.length)]);
    const shall = new Map();
    for (let turn = 0; turn < 40; turn += 1) {
      const act = roll(5);
      const [id] = [...shall.keys()].slice(roll(shall.size + 1));
      if (act === 0 || !id) shall.set(desk.note(`w${turn}`), `w${turn}`);
      else if (act === 1) {
        desk.box.write(id, { ...POINT, text: `x${turn}` });
        shall.set(id, `x${turn}`);
      } else if (act === 2) {
        desk.box.remove(id);
        shall.delete(id);
      } else if (act === 3) await desk.box.deliver();
      else {
        desk.reload();
        desk.look();
      }
    }
    desk.way = () => "through";
    await desk.box.deliver();
    const told = Object.fromEntries(desk.server.list().map(({ id, text }) => [id, text]));
    assert.deepEqual(told, Object.fromEntries(shall), `seed ${seed}`);
  }
});
