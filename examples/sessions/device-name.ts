/**
 * What people call the device that a request came from.
 *
 * Shape: `"Mozilla/5.0 (X11; Linux x86_64) … Chrome/150.0 Safari/537.36"` gives `"Chrome on Linux"`.
 */
export function deviceName(userAgent: string | undefined): string {
  const browser = find(browsers, userAgent) ?? "a browser";
  const system = find(systems, userAgent) ?? "an unknown system";
  return `${browser} on ${system}`;
}

// In this order: Edge says that it is Chrome, and Chrome that it is Safari.
const browsers = { "Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari", "curl/": "curl" };
const systems = { Android: "Android", iPhone: "iPhone", iPad: "iPad", Windows: "Windows", "Mac OS X": "macOS", Linux: "Linux" };

function find(names: Readonly<Record<string, string>>, userAgent = ""): string | undefined {
  return Object.entries(names).find(([mark]) => userAgent.includes(mark))?.[1];
}
