import { crc32, deflateSync } from "node:zlib";
import { channelAt } from "./catalogue";
import { hash } from "./random";

/** The picture behind `/avatars/<number>.png`; null for any other path. */
export function avatar(path: string): Buffer | null {
  const number = /^\/avatars\/(\d{1,5})\.png$/.exec(path)?.[1];
  return number === undefined ? null : drawing(hash(channelAt(Number(number)).Name));
}

const SIZE = 56;
const SQUARES = 7;
const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** Squares in a colour of their own, the same on the left and on the right. */
function drawing(seed: number): Buffer {
  const lines: number[] = [];
  for (let y = 0; y < SIZE; y++) {
    // Each line begins with the way it was filtered: not at all.
    lines.push(0);
    for (let x = 0; x < SIZE; x++) lines.push(isSet(seed, x, y) ? 1 : 0);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIZE, 0);
  head.writeUInt32BE(SIZE, 4);
  // 8 bits a pixel, each the number of a colour in the palette.
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from([...colour(seed, 42), ...colour(seed, 88)])),
    chunk("IDAT", deflateSync(Buffer.from(lines))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function isSet(seed: number, x: number, y: number): boolean {
  const side = SIZE / SQUARES;
  const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
  const mirrored = Math.min(column, SQUARES - 1 - column);
  const isEdge = mirrored === 0 || row === 0 || row === SQUARES - 1;
  return !isEdge && ((seed >>> ((row - 1) * 3 + mirrored - 1)) & 1) === 1;
}

/** Red, green and blue of a hue that is the seed's, at a lightness in percent. */
function colour(seed: number, lightness: number): number[] {
  const hue = seed % 360;
  const light = lightness / 100;
  const reach = 0.55 * Math.min(light, 1 - light);
  return [0, 8, 4].map((offset) => {
    const turn = (offset + hue / 30) % 12;
    return Math.round(255 * (light - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))));
  });
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
