// The wall of a burn: cells by outcome and coverage, and the map of faults by situations.

const OUTCOME_ORDER = { safety: 0, halt: 1, liveness: 2, ok: 3 };

function readWall(c) {
  const version = c.count();
  if (version !== 1) {
    throw new Error('this page cannot read data of version ' + version);
  }
  const wall = { replay: c.text(), seeds: Number(c.text()), failed: Number(c.text()), events: Number(c.text()), nanos: Number(c.text()), leftOut: Number(c.text()) };
  const list = (count) => Array.from({ length: count }, () => c.text());
  wall.faults = list(c.count());
  wall.marks = list(c.count());
  const n = c.count();
  const seed = c.texts(n);
  const verdict = c.texts(n);
  const workload = c.texts(n);
  const nodes = c.plain(n);
  const events = c.plain(n);
  const nanos = c.plain(n);
  const hash = c.texts(n);
  const failure = c.texts(n);
  wall.faultCounts = wall.faults.map(() => c.plain(n));
  wall.markCounts = wall.marks.map(() => c.plain(n));
  wall.cells = seed.map((_, i) => ({ i, seed: seed[i], verdict: verdict[i], workload: workload[i], nodes: nodes[i], events: events[i], nanos: nanos[i], hash: hash[i], failure: failure[i] }));
  wall.cells.forEach((cell) => {
    cell.coverage = wall.markCounts.reduce((sum, counts) => sum + (counts[cell.i] > 0 ? 1 : 0), 0);
  });
  return wall;
}

function make(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

function number(value) {
  return Math.round(value).toLocaleString('en-US');
}

class WallView {
  constructor(wall) {
    this.wall = wall;
    this.grid = document.getElementById('cells');
    this.heat = document.getElementById('heat');
    this.tip = document.getElementById('tip');
    this.text = document.getElementById('cell-text');
    this.pair = null;
    this.chosen = -1;
    const covered = wall.cells.map((cell) => cell.coverage);
    this.least = covered.length > 0 ? covered.reduce((a, b) => Math.min(a, b)) : 0;
    this.most = covered.length > 0 ? covered.reduce((a, b) => Math.max(a, b)) : 1;
    this.countPairs();
    this.showHead();
    this.bind();
    this.arrange();
  }

  /** For each kind of fault and each mark: in how many seeds both were. */
  countPairs() {
    const { wall } = this;
    const having = (counts) => counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    const sortBySeeds = (names, counts) => names.map((name, i) => ({ name, counts: counts[i], seeds: having(counts[i]) }));
    this.rows = sortBySeeds(wall.faults, wall.faultCounts).sort((a, b) => b.seeds - a.seeds || (a.name < b.name ? -1 : 1));
    this.columns = sortBySeeds(wall.marks, wall.markCounts).sort((a, b) => (a.name < b.name ? -1 : 1));
    this.both = this.rows.map((row) => this.columns.map((column) => {
      let both = 0;
      for (let i = 0; i < row.counts.length; i++) {
        both += row.counts[i] > 0 && column.counts[i] > 0 ? 1 : 0;
      }
      return both;
    }));
  }

  showHead() {
    const { wall } = this;
    const missed = this.columns.filter((column) => column.seeds === 0).length;
    document.title = `${number(wall.seeds)} seeds, ${number(wall.failed)} failed · Orrery`;
    document.getElementById('summary').textContent = `${wall.replay}N shows seed N again.` + (wall.leftOut > 0 ? ` ${number(wall.leftOut)} seeds are counted and have no cell.` : '');
    const box = document.getElementById('numbers');
    const tile = (value, label, style) => box.append(make('div', style || '', make('b', '', value), make('small', '', label)));
    tile(number(wall.seeds), 'seeds');
    tile(number(wall.failed), 'failed', wall.failed > 0 ? 'bad' : 'good');
    tile((wall.nanos / 3.6e12).toFixed(2) + ' h', 'simulated');
    tile(number(wall.events), 'events');
    tile(String(this.rows.length), 'kinds of faults');
    tile(`${this.columns.length - missed} / ${this.columns.length}`, 'situations reached', missed > 0 ? '' : 'good');
    tile(`${this.least}–${this.most}`, 'situations a seed');
  }

  /** Green for what came right, from pale to deep by coverage; trouble in colours that differ in lightness too. */
  colour(cell) {
    const share = (cell.coverage - this.least) / Math.max(1, this.most - this.least);
    if (cell.verdict === 'ok') {
      return isDark() ? `hsl(${168 - 18 * share} ${28 + 28 * share}% ${17 + 38 * share}%)` : `hsl(${150 + 22 * share} ${30 + 22 * share}% ${88 - 56 * share}%)`;
    }
    return this.troubleColour(cell.verdict);
  }

  troubleColour(verdict) {
    return { safety: isDark() ? '#ff4d57' : '#d3202c', halt: isDark() ? '#ffd166' : '#f0a800', liveness: isDark() ? '#c792ff' : '#7b3fc4' }[verdict] || '#888';
  }

  showKey() {
    const ramp = make('i', 'ramp');
    const ends = [this.least, (this.least + this.most) / 2, this.most].map((coverage) => this.colour({ verdict: 'ok', coverage }));
    ramp.style.background = `linear-gradient(90deg, ${ends.join(',')})`;
    const items = [make('span', '', ramp, `came right; deeper: more situations reached (${this.least} to ${this.most})`)];
    for (const [verdict, words] of [['safety', 'safety: a checker objected'], ['liveness', 'liveness: it did not come right'], ['halt', 'halt: a node broke a rule of its own']]) {
      const swatch = make('i');
      swatch.style.background = this.troubleColour(verdict);
      items.push(make('span', '', swatch, words));
    }
    document.getElementById('key').replaceChildren(...items);
  }

  matches(cell, words) {
    if (this.pair && !(this.pair.row.counts[cell.i] > 0 && this.pair.column.counts[cell.i] > 0)) {
      return false;
    }
    if (document.getElementById('show').value === 'failed' && cell.verdict === 'ok') {
      return false;
    }
    return words.every((word) => cell.seed === word || (cell.workload + ' ' + cell.verdict + ' ' + cell.failure).toLowerCase().includes(word)
      || this.rows.some((row) => row.counts[cell.i] > 0 && row.name.includes(word)) || this.columns.some((column) => column.counts[cell.i] > 0 && column.name.includes(word)));
  }

  arrange() {
    const words = document.getElementById('query').value.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
    const by = {
      seed: () => 0,
      outcome: (a, b) => OUTCOME_ORDER[a.verdict] - OUTCOME_ORDER[b.verdict],
      coverage: (a, b) => b.coverage - a.coverage,
      events: (a, b) => b.events - a.events,
      nodes: (a, b) => a.nodes - b.nodes,
      workload: (a, b) => (a.workload < b.workload ? -1 : a.workload > b.workload ? 1 : 0),
    }[document.getElementById('order').value];
    this.list = this.wall.cells.filter((cell) => this.matches(cell, words)).sort((a, b) => by(a, b) || a.i - b.i);
    const { length } = this.list;
    document.getElementById('shown').textContent = length === this.wall.cells.length ? `${number(length)} seeds` : `${number(length)} of ${number(this.wall.cells.length)} seeds`;
    const clear = document.getElementById('clear');
    clear.hidden = !this.pair;
    clear.textContent = this.pair ? `${this.pair.row.name} with ${this.pair.column.name}  ×` : '';
    this.chosen = -1;
    this.draw();
  }

  draw() {
    this.showKey();
    this.colours = themeColours();
    this.drawCells();
    this.drawHeat();
  }

  prepare(canvas, width, height) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = width + 'px';
    canvas.style.height = height + 'px';
    const c = canvas.getContext('2d');
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, width, height);
    return c;
  }

  drawCells() {
    const width = document.getElementById('grid').clientWidth;
    const count = Math.max(1, this.list.length);
    this.size = Math.max(6, Math.min(30, Math.floor(Math.sqrt((width * Math.min(420, window.innerHeight * 0.46)) / count))));
    this.perRow = Math.max(1, Math.floor(width / this.size));
    const c = this.prepare(this.grid, width, Math.ceil(count / this.perRow) * this.size + 1);
    const gap = this.size > 9 ? 1.5 : 1;
    this.list.forEach((cell, k) => {
      const x = (k % this.perRow) * this.size;
      const y = Math.floor(k / this.perRow) * this.size;
      c.fillStyle = this.colour(cell);
      c.beginPath();
      c.roundRect(x, y, this.size - gap, this.size - gap, this.size > 12 ? 3 : 1.5);
      c.fill();
      if (cell.verdict !== 'ok' && this.size >= 10) {
        // Not by colour alone.
        c.strokeStyle = '#fff';
        c.lineWidth = 1.5;
        const inset = this.size * 0.3;
        c.beginPath();
        c.moveTo(x + inset, y + inset);
        c.lineTo(x + this.size - gap - inset, y + this.size - gap - inset);
        c.moveTo(x + this.size - gap - inset, y + inset);
        c.lineTo(x + inset, y + this.size - gap - inset);
        c.stroke();
      }
      if (k === this.chosen) {
        c.strokeStyle = this.colours.ink;
        c.lineWidth = 2;
        c.strokeRect(x - 0.5, y - 0.5, this.size - gap + 1, this.size - gap + 1);
      }
    });
  }

  drawHeat() {
    document.getElementById('heat-key').textContent = document.getElementById('measure').value === 'difference'
      ? 'orange: reached more often in seeds that had the fault; blue: less often; names in red: never reached'
      : 'darker: reached in more of the seeds that had the fault; names in red: never reached';
    this.left = 148;
    this.top = 190;
    this.tile = Math.max(15, Math.min(24, Math.floor((document.getElementById('heat-box').clientWidth - this.left - 60) / Math.max(1, this.columns.length))));
    const width = this.left + this.columns.length * this.tile + 90;
    const c = this.prepare(this.heat, width, this.top + this.rows.length * this.tile + 4);
    const sans = getComputedStyle(document.documentElement).getPropertyValue('--sans');
    c.font = '11px ' + sans;
    c.textBaseline = 'middle';
    this.columns.forEach((column, k) => {
      c.save();
      c.translate(this.left + (k + 0.5) * this.tile, this.top - 6);
      c.rotate(-Math.PI / 3.1);
      c.fillStyle = column.seeds === 0 ? this.colours.bad : this.colours.soft;
      c.fillText(column.name, 0, 0);
      c.restore();
    });
    this.rows.forEach((row, r) => {
      const y = this.top + r * this.tile;
      c.textAlign = 'right';
      c.fillStyle = this.colours.soft;
      c.fillText(row.name, this.left - 8, y + this.tile / 2);
      c.textAlign = 'left';
      this.columns.forEach((column, k) => {
        c.fillStyle = this.heatColour(r, k);
        c.fillRect(this.left + k * this.tile, y, this.tile - 1, this.tile - 1);
      });
    });
    if (this.pair) {
      const r = this.rows.indexOf(this.pair.row);
      const k = this.columns.indexOf(this.pair.column);
      c.strokeStyle = this.colours.ink;
      c.lineWidth = 2;
      c.strokeRect(this.left + k * this.tile - 0.5, this.top + r * this.tile - 0.5, this.tile, this.tile);
    }
  }

  /** How often the situation was reached in seeds with the fault, and in those without; null where there are none. */
  shares(r, k) {
    const row = this.rows[r];
    const without = this.wall.cells.length - row.seeds;
    return {
      withIt: row.seeds === 0 ? null : this.both[r][k] / row.seeds,
      without: without === 0 ? null : (this.columns[k].seeds - this.both[r][k]) / without,
    };
  }

  heatColour(r, k) {
    const { withIt, without } = this.shares(r, k);
    if (document.getElementById('measure').value === 'difference') {
      if (withIt === null || without === null) {
        return this.colours.faint;
      }
      const more = withIt - without;
      const s = Math.min(1, Math.abs(more) * 2);
      const hue = more > 0 ? 18 : 214;
      return isDark() ? `hsl(${hue} ${20 + 65 * s}% ${15 + 45 * s}%)` : `hsl(${hue} ${25 + 60 * s}% ${95 - 50 * s}%)`;
    }
    if (this.both[r][k] === 0) {
      return this.colours.faint;
    }
    const s = Math.sqrt(withIt);
    return isDark() ? `hsl(${232 - 190 * s} ${45 + 40 * s}% ${20 + 44 * s}%)` : `hsl(${48 - 42 * s} ${78 + 8 * s}% ${90 - 56 * s}%)`;
  }

  cellAt(x, y) {
    const column = Math.floor(x / this.size);
    const k = Math.floor(y / this.size) * this.perRow + column;
    return column < this.perRow && k < this.list.length ? k : -1;
  }

  choose(k) {
    this.chosen = k;
    this.drawCells();
    const cell = this.list[k];
    if (cell) {
      this.text.textContent = `seed ${cell.seed}: ${cell.verdict === 'ok' ? 'came right' : cell.failure} · ${cell.workload}, ${cell.nodes} nodes · ${number(cell.events)} events in ${(cell.nanos / 1e9).toFixed(1)} simulated s · ${cell.coverage} situations · hash ${cell.hash}`;
    }
  }

  async copy(k) {
    const command = this.wall.replay + this.list[k].seed;
    this.choose(k);
    try {
      await navigator.clipboard.writeText(command);
    } catch {
      const area = make('textarea', '', command);
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    this.text.textContent = 'Copied: ' + command;
  }

  showTip(e, ...children) {
    this.tip.replaceChildren(...children);
    this.tip.hidden = false;
    this.tip.style.left = Math.min(e.clientX + 14, window.innerWidth - 300) + 'px';
    this.tip.style.top = (e.clientY > window.innerHeight - 160 ? e.clientY - 110 : e.clientY + 16) + 'px';
  }

  bind() {
    const on = (id, type, action) => document.getElementById(id).addEventListener(type, action);
    on('order', 'change', () => this.arrange());
    on('show', 'change', () => this.arrange());
    on('measure', 'change', () => this.drawHeat());
    on('query', 'input', () => this.arrange());
    on('clear', 'click', () => {
      this.pair = null;
      this.arrange();
    });
    this.grid.addEventListener('pointermove', (e) => {
      const k = this.cellAt(e.offsetX, e.offsetY);
      this.tip.hidden = k < 0;
      if (k >= 0 && k !== this.chosen) {
        this.choose(k);
      }
      if (k >= 0) {
        const cell = this.list[k];
        const faults = this.rows.filter((row) => row.counts[cell.i] > 0).slice(0, 8).map((row) => `${row.name} ${row.counts[cell.i]}`).join(', ');
        this.showTip(e, make('b', '', `seed ${cell.seed} · ${cell.verdict}`), cell.failure ? make('em', '', cell.failure) : '', make('em', '', `${cell.workload}, ${cell.nodes} nodes, ${number(cell.events)} events, ${cell.coverage} situations`), make('em', '', faults));
      }
    });
    this.grid.addEventListener('pointerleave', () => (this.tip.hidden = true));
    this.grid.addEventListener('click', (e) => {
      const k = this.cellAt(e.offsetX, e.offsetY);
      if (k >= 0) {
        this.copy(k);
      }
    });
    this.grid.addEventListener('keydown', (e) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.perRow, ArrowDown: this.perRow }[e.key];
      if (step !== undefined) {
        e.preventDefault();
        this.choose(Math.max(0, Math.min(this.list.length - 1, this.chosen + step)));
      } else if (e.key === 'Enter' && this.chosen >= 0) {
        this.copy(this.chosen);
      }
    });
    this.heat.addEventListener('pointermove', (e) => {
      const spot = this.spotAt(e);
      this.tip.hidden = !spot;
      if (spot) {
        const { withIt, without } = this.shares(spot.r, spot.k);
        const percent = (share) => (share === null ? 'no seed' : (100 * share).toFixed(0) + ' %');
        this.showTip(e, make('b', '', `${spot.row.name} with ${spot.column.name}`), make('em', '', `reached in ${percent(withIt)} of the seeds with the fault (${number(spot.both)} of ${number(spot.row.seeds)}), in ${percent(without)} of those without; click shows the seeds that had both`));
      }
    });
    this.heat.addEventListener('pointerleave', () => (this.tip.hidden = true));
    this.heat.addEventListener('click', (e) => {
      const spot = this.spotAt(e);
      if (spot) {
        this.pair = this.pair && this.pair.row === spot.row && this.pair.column === spot.column ? null : spot;
        this.arrange();
      }
    });
    window.addEventListener('resize', () => this.draw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  spotAt(e) {
    const k = Math.floor((e.offsetX - this.left) / this.tile);
    const r = Math.floor((e.offsetY - this.top) / this.tile);
    const isIn = k >= 0 && r >= 0 && k < this.columns.length && r < this.rows.length;
    return isIn ? { r, k, row: this.rows[r], column: this.columns[k], both: this.both[r][k] } : null;
  }
}

async function startWall() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.get('theme')) {
    document.documentElement.dataset.theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
  }
  if (asked.get('order')) {
    document.getElementById('order').value = asked.get('order');
  }
  document.getElementById('query').value = asked.get('q') || '';
  const view = new WallView(readWall(await readColumns()));
  const { dataset } = document.documentElement;
  dataset.cells = view.wall.cells.length;
  dataset.failed = view.wall.failed;
  dataset.ready = 'yes';
}

window.addEventListener('error', (e) => (document.documentElement.dataset.error = e.message));
startWall().catch((e) => {
  document.documentElement.dataset.error = e.message;
  document.getElementById('summary').textContent = 'This page cannot show its burn: ' + e.message;
  throw e;
});
