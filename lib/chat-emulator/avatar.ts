import { channelAt } from "./catalogue";
import { hash } from "./random";

/** The picture behind `/avatars/<number>.svg`; null for any other path. */
export function avatar(path: string): string | null {
  const number = /^\/avatars\/(\d{1,5})\.svg$/.exec(path)?.[1];
  return number === undefined ? null : drawing(channelAt(Number(number)).Name);
}

function drawing(name: string): string {
  const hue = hash(name) % 360;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">` +
    `<rect width="64" height="64" fill="hsl(${hue} 55% 42%)"/>` +
    `<text x="32" y="33" fill="#fff" font-family="sans-serif" font-size="26" ` +
    `text-anchor="middle" dominant-baseline="central">${initials(name)}</text></svg>`
  );
}

// The names of numbered channels are our own words: no letter in them means anything to XML.
function initials(name: string): string {
  const words = name.split(" ");
  const letters = words.length > 1 ? words.map((word) => word.slice(0, 1)) : [...name];
  return letters.slice(0, 2).join("");
}
