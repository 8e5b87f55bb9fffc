/**
 * The part of EDN (Clojure's data notation) in which Jepsen writes histories and results: a reader and a writer.
 *
 * <p>EDN values are Java's own: null, Boolean, Long, BigInteger, Double, BigDecimal, Character, String, List for vectors and
 * lists, LinkedHashMap, LinkedHashSet; and {@link io.orrery.jepsen.edn.Keyword}, {@link io.orrery.jepsen.edn.Symbol},
 * {@link io.orrery.jepsen.edn.Tagged}. Start with {@link io.orrery.jepsen.edn.EdnReader}.
 */
package io.orrery.jepsen.edn;
