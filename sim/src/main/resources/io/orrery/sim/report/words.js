// Numbers and times in words.

/** Seconds with as many digits as the unit shown asks for. */
function timeText(nanos, digits = 6) {
  return (nanos / 1e9).toFixed(digits) + ' s';
}

function spanText(nanos) {
  const n = Math.abs(nanos);
  if (n < 1e3) {
    return n.toFixed(0) + ' ns';
  }
  if (n < 1e6) {
    return (n / 1e3).toFixed(n < 1e4 ? 2 : 1) + ' µs';
  }
  if (n < 1e9) {
    return (n / 1e6).toFixed(n < 1e7 ? 2 : 1) + ' ms';
  }
  return (n / 1e9).toFixed(2) + ' s';
}

function numberText(value) {
  return value.toLocaleString('en-US');
}
