const A_YEAR = 60 * 60 * 24 * 365;

/** Keeps a plain value for a year, readable by the server. */
export function keepCookie(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${A_YEAR}; samesite=lax${secure}`;
}

export function cookieIs(name, value) {
  return document.cookie.split("; ").includes(`${name}=${value}`);
}

export function hasCookie(name) {
  return document.cookie.split("; ").some((pair) => pair.startsWith(`${name}=`));
}
