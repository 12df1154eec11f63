// The draw, computed as a browser does it. Known answers were made with sha256sum.

import assert from "node:assert/strict";
import { test } from "node:test";

import { codesOf, commitmentTo, drawn, keepsPromise } from "../../../static/js/draw/lots.js";

const SEED = "9f2c4e81d7a05b3366e0c1f4a8b97d2050e3f1a6c4d8b27f91e05a3c7d6b8e14";
const PROMISED = "7a48cb7ef4c02163c33f89d4d5e16176e7f1ec7565e4bb651a71fe6c52f7689f";
const LOTS = [
  ["NG", "57b6c6e885d824eacb799798b55f4c748f17203853c48803f4e276df0391ce5c"],
  ["MX", "7acbcdefdd07d1847092dda5336b9cedf8bb8c775ee0e88d5ea3e657a40b9bd4"],
  ["VA", "86cfab03b5aced32bf9dabbd1cef137cd854d98c0c435607a075e42d0c6c630a"],
  ["BR", "93bbb6b91dc49ef67c54a3353c6f1ced03e83474fbcddbd6a3c5bf0a0aae976e"],
  ["EU", "9dc380139afda0a8ade25410c20dbb624b8f7d524d5ab25f9e1a65f5c1f9b441"],
  ["UNODC", "e58a5a2609df45070b70b1e404c718d37f02ce11d38e58420735e38b34cc37d7"],
].map(([code, hash]) => ({ code, hash }));

test("the order is that of the hashes of seed and code, in whatever order the codes come", () => {
  const codes = LOTS.map((lot) => lot.code);
  assert.deepEqual(drawn(SEED, codes), LOTS);
  assert.deepEqual(drawn(SEED, codes.toReversed()), LOTS);
  assert.deepEqual(drawn(SEED, []), []);
});

test("seed and code are hashed as they are written, in UTF-8", () => {
  assert.equal(drawn("seed", ["é"])[0].hash, "1cb3789b17a14bbb286a049060a60ba187a9b17ff447ac28ba9698639039f167");
  assert.notDeepEqual(drawn(SEED.toUpperCase(), ["NG"]), [LOTS[0]]);
});

test("a seed keeps its promise, breaks it, or has made none", () => {
  assert.equal(commitmentTo(SEED), PROMISED);
  assert.equal(keepsPromise(SEED, PROMISED), true);
  assert.equal(keepsPromise(SEED, ` ${PROMISED.toUpperCase()}\n`), true);
  assert.equal(keepsPromise(`${SEED}0`, PROMISED), false);
  assert.equal(keepsPromise(SEED, " "), null);
});

test("codes are separated by whatever people write, and each takes part once", () => {
  assert.deepEqual(codesOf(" NG, MX;VA\nBR\tNG،EU、UNODC "), ["NG", "MX", "VA", "BR", "EU", "UNODC"]);
  assert.deepEqual(codesOf(" \n"), []);
});
