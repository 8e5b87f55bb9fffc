// Kinds of faults by situations: a map for each part of the cluster, a row for each situation.

const HEAT_LABEL = 214;
const HEAT_TOP = 118;
const HEAT_ROW = 16;
const HEAT_BAR = 70;

class HeatMap {
  constructor(burn, onPair) {
    this.burn = burn;
    this.onPair = onPair;
    this.box = document.getElementById('heat-box');
    this.tip = document.getElementById('tip');
    this.pair = null;
    const parts = new Map();
    for (const mark of burn.marks) {
      const part = mark.name.includes('.') ? mark.name.slice(0, mark.name.indexOf('.')) : 'other';
      parts.set(part, [...(parts.get(part) || []), mark]);
    }
    this.parts = [...parts].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).map(([name, marks]) => this.makePart(name, marks));
  }

  makePart(name, marks) {
    const canvas = element('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Situations of ${name} by kinds of faults`);
    const missed = marks.filter((mark) => mark.seeds === 0).length;
    const note = missed > 0 ? `${marks.length} situations, ${missed} never reached` : `${marks.length} situations, all reached`;
    this.box.append(element('figure', '', element('figcaption', '', element('b', '', name), ' ' + note), element('div', 'map', canvas)));
    const part = { name, marks, canvas, values: marks.map((mark) => this.burn.faults.map((fault) => this.burn.shares(fault, mark))) };
    canvas.addEventListener('pointermove', (e) => this.hover(part, e));
    canvas.addEventListener('pointerleave', () => (this.tip.hidden = true));
    canvas.addEventListener('click', (e) => {
      const spot = this.spotAt(part, e);
      if (spot) {
        const isSame = this.pair && this.pair.fault === spot.fault && this.pair.mark === spot.mark;
        this.pair = isSame ? null : spot;
        this.onPair(this.pair);
      }
    });
    return part;
  }

  draw() {
    this.colours = themeColours();
    this.isDifference = document.getElementById('measure').value === 'difference';
    document.getElementById('heat-key').replaceChildren(...this.keyWords());
    const sans = getComputedStyle(document.documentElement).getPropertyValue('--sans');
    this.parts.forEach((part) => this.drawPart(part, sans));
  }

  keyWords() {
    const ramp = element('i', 'ramp');
    const stops = this.isDifference ? [-0.5, -0.2, 0, 0.2, 0.5] : [0, 0.1, 0.3, 0.6, 1];
    ramp.style.background = `linear-gradient(90deg, ${stops.map((s) => (this.isDifference ? this.differenceColour(s, 1) : this.shareColour(s))).join(',')})`;
    return this.isDifference ? ['less often with the fault', ramp, 'more often'] : ['never', ramp, 'in every seed with the fault'];
  }

  drawPart(part, sans) {
    const { faults, count } = this.burn;
    const room = part.canvas.parentElement.clientWidth - HEAT_LABEL - HEAT_BAR;
    this.tile = Math.max(12, Math.min(28, Math.floor(room / Math.max(1, faults.length))));
    const width = HEAT_LABEL + faults.length * this.tile + HEAT_BAR;
    const c = sizedCanvas(part.canvas, width, HEAT_TOP + part.marks.length * HEAT_ROW + 2);
    c.font = '11px ' + sans;
    c.textBaseline = 'middle';
    faults.forEach((fault, k) => {
      c.save();
      c.translate(HEAT_LABEL + (k + 0.5) * this.tile, HEAT_TOP - 6);
      c.rotate(-Math.PI / 2.7);
      c.fillStyle = this.colours.soft;
      c.fillText(fault.name, 0, 0);
      c.restore();
    });
    part.marks.forEach((mark, r) => {
      const y = HEAT_TOP + r * HEAT_ROW;
      c.textAlign = 'right';
      c.fillStyle = mark.seeds === 0 ? this.colours.bad : this.colours.ink;
      c.fillText(mark.name.slice(mark.name.indexOf('.') + 1), HEAT_LABEL - 8, y + HEAT_ROW / 2, HEAT_LABEL - 12);
      c.textAlign = 'left';
      faults.forEach((fault, k) => {
        c.fillStyle = this.spotColour(part.values[r][k], fault);
        c.fillRect(HEAT_LABEL + k * this.tile, y, this.tile - 1, HEAT_ROW - 1);
      });
      this.drawBar(c, HEAT_LABEL + faults.length * this.tile + 5, y, mark.seeds / Math.max(1, count));
    });
    this.drawPair(c, part);
  }

  /** In which share of all seeds. */
  drawBar(c, x, y, share) {
    c.fillStyle = this.colours.hair;
    c.fillRect(x, y + 3, Math.max(share > 0 ? 1 : 0, share * 22), HEAT_ROW - 7);
    c.fillStyle = share === 0 ? this.colours.bad : this.colours.soft;
    c.fillText(percentText(share), x + 25, y + HEAT_ROW / 2);
  }

  drawPair(c, part) {
    const r = this.pair ? part.marks.indexOf(this.pair.mark) : -1;
    if (r >= 0) {
      const k = this.burn.faults.indexOf(this.pair.fault);
      c.strokeStyle = this.colours.ink;
      c.lineWidth = 2;
      c.strokeRect(HEAT_LABEL + k * this.tile - 0.5, HEAT_TOP + r * HEAT_ROW - 0.5, this.tile, HEAT_ROW);
    }
  }

  spotColour(value, fault) {
    if (this.isDifference) {
      return value.more === null ? this.colours.faint : this.differenceColour(value.more, value.weight);
    }
    return value.both === 0 ? this.colours.faint : this.shareColour(value.both / fault.seeds);
  }

  /** Orange for more, blue for less; pale where chance may have done it. */
  differenceColour(more, weight) {
    const s = Math.min(1, Math.sqrt(Math.abs(more) * 2.2)) * weight;
    const hue = more > 0 ? 22 : 214;
    return isDark() ? `hsl(${hue} ${12 + 68 * s}% ${14 + 46 * s}%)` : `hsl(${hue} ${18 + 66 * s}% ${95 - 48 * s}%)`;
  }

  shareColour(share) {
    const s = Math.sqrt(share);
    return isDark() ? `hsl(${232 - 190 * s} ${45 + 40 * s}% ${20 + 44 * s}%)` : `hsl(${48 - 42 * s} ${78 + 8 * s}% ${90 - 56 * s}%)`;
  }

  spotAt(part, e) {
    const k = Math.floor((e.offsetX - HEAT_LABEL) / this.tile);
    const r = Math.floor((e.offsetY - HEAT_TOP) / HEAT_ROW);
    const isIn = k >= 0 && r >= 0 && k < this.burn.faults.length && r < part.marks.length;
    return isIn ? { fault: this.burn.faults[k], mark: part.marks[r], value: part.values[r][k] } : null;
  }

  hover(part, e) {
    const spot = this.spotAt(part, e);
    part.canvas.style.cursor = spot ? 'pointer' : '';
    this.tip.hidden = !spot || e.pointerType === 'touch';
    if (!this.tip.hidden) {
      const { both, more } = spot.value;
      const compared = more === null ? 'no workload has seeds with it and without' : `in seeds of one workload, ${percentText(Math.abs(more))} ${more >= 0 ? 'more' : 'less'} often with it than without`;
      showTip(this.tip, e, element('b', '', `${spot.mark.name} with ${spot.fault.name}`),
        element('em', '', `in ${numberText(both)} of ${numberText(spot.fault.seeds)} seeds with the fault; ${compared}`));
    }
  }
}

function percentText(share) {
  return share === 0 ? '0 %' : share < 0.001 ? '<0.1 %' : share < 0.1 ? (100 * share).toFixed(1) + ' %' : (100 * share).toFixed(0) + ' %';
}
