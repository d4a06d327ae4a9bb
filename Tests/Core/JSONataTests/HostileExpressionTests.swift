import JSON
import JSONata
import Testing

/// Expressions that would exhaust time, memory or the stack: each ends with U1001, counted in steps and not in time.
@Suite("Hostile expressions")
struct HostileExpressionTests {
    private func isStopped(_ expression: String) -> Bool {
        var limits = JSONataLimits.aws
        // Unoptimised test builds are slow; the proportion is what is tested.
        limits.steps = 200_000
        limits.regexSteps = 200_000
        return outcome(expression, limits: limits).hasPrefix("U1001")
    }

    @Test(
        "Calls without end are stopped, whatever they hand on",
        arguments: [
            "($f := function($n){$n < 0 ? 0 : $f($n + 1)}; $f(0))",
            "($a := function($n){$b($n + 1)}; $b := function($n){$a($n - 1)}; $a(0))",
            "($f := function($n)<n:n>{$f($n + 1)}; $f(0))",
            "($f := function($a){$f($append($a, [1, 2, 3]))}; $f([]))",
            "($f := function($n){($g := function(){$n}; $f($g() + 1))}; $f(0))",
            "($f := function($x){$x ~> $f}; $f(1))",
            "($f := function($n){$n < 2 ? 1 : $f($n - 1) + $f($n - 2)}; $f(45))",
            "($f := function($a, $b){$count($sort([$a, $b], $f)) > 0}; $sort([1..100], $f))",
        ])
    func endless(_ expression: String) { #expect(isStopped(expression)) }

    @Test(
        "Functions that keep functions are stopped before freeing them would exhaust the stack",
        arguments: [
            "($f := function($g){$f(function(){$g()})}; $f(function(){1}))",
            "($f := function($g){$f([function(){$g}])}; $f(1))",
            "($g := function($x){$x}; $f := function($p){$f($p(?))}; $f($g))",
            "($g := function($x){$x}; $f := function($p){$f($p ~> $g)}; $f($g))",
        ])
    func closures(_ expression: String) { #expect(isStopped(expression)) }

    @Test(
        "What doubles is stopped, in whichever way it is walked",
        arguments: [
            "($o := [1..20000]{$string($): $}; $count([1..100000].$keys($o)))",
            "($o := [1..20000]{$string($): $}; $count([1..100000].$sift($o, function($v){false})))",
            "($s := $pad('', 600000, 'a'); $count([1..100000][$contains($s, 'aaaaaaaaaaaaaaaaaaaab')]))",
            "$reduce([1..100], function($a, $b){$a & $a}, 'x')",
            "$reduce([1..100], function($a, $b){$append($a, $a)}, [1, 2])",
            "$lookup($reduce([1..40], function($a, $i){[[$a, $a]]}, [{'a': 1}]), 'a')",
            "($reduce([1..40], function($a, $i){[[$a, $a]]}, [{'a': 1}])).a",
            "$count(($reduce([1..60], function($a, $b){{'x': $a, 'y': $a}}, {'z': 1})).**)",
            "$reduce([1..40], function($a, $b){{'x': $a, 'y': $a}}, {'z': 1}) ~> |$|{'q': 1}|",
            "$reduce([1..40], function($a, $i){$append($spread($a), $spread($a))}, [{'a': 1, 'b': 2}])",
            """
            $reduce([1..30], function($o, $i){
                $merge($each($o, function($v, $k){{$k & 'a': 1, $k & 'b': 2}}))}, {'a': 1})
            """,
        ])
    func doubling(_ expression: String) { #expect(isStopped(expression)) }

    @Test(
        "Work on large texts and arrays is paid for by their size",
        arguments: [
            "($s := $pad('', 1000000, 'a'); $count([1..100000][$contains($s, 'aaab')]))",
            "($s := $pad('', 1000000, 'a'); $sum([1..100000].$length($s)))",
            "($s := $pad('', 1000000, 'a'); $t := $s & ''; $count([1..100000][$s = $t]))",
            "($s := $pad('', 1000000, 'a'); $t := $s & ''; $count([1..100000][$s < $t]))",
            "($r := [1..100000]; $count([1..100000][$ in $r]))",
            "($r := [1..100000]; $count([1..100000][$r = $r]))",
            "[1..1000]{'a' & $string($): $count([1..1000]{'a' & $string($): $})}",
            "$count([1..1000]@$a.[1..1000]@$b.[1..1000])",
            "$sum($map([1..100000], function($i){$length($pad('x', 6000000))}))",
        ])
    func large(_ expression: String) { #expect(isStopped(expression)) }

    @Test(
        "A regular expression that tries without end is stopped",
        arguments: [
            "$contains($pad('', 60, 'a') & '!', /^(a|a)*$/)",
            "$contains($pad('', 5000, 'a') & '!', /(a*)*b/)",
            "$contains($pad('', 20000, 'a'), /a*a*a*a*b/)",
            "$contains($pad('', 20000, 'a'), /(a+)(a+)\\1\\2b/)",
            "$contains($pad('', 3000, 'a'), /(?=(a+)+b)a/)",
            "$contains($pad('', 2000, 'a'), /(a{1,100}){1,100}b/)",
            "$replace($pad('', 20000, 'x'), /.*.*=.*/, 'y')",
            "$split($pad('', 20000, 'a'), /(a+)+b/)",
            "$count($match($pad('', 500000, 'a'), /a/))",
        ])
    func regularExpressions(_ expression: String) { #expect(isStopped(expression)) }

    @Test("A date is never wider than a thousand digits")
    func width() { #expect(outcome("$length($fromMillis(0, '[Y0001,1000000000-1000000000]'))") == "1000") }

    @Test("A function in a function works as far as people write it")
    func nestedFunctions() {
        #expect(outcome("$reduce([1..50], function($a, $i){$a + (function($x){$x})($i)}, 0)") == "1275")
        #expect(outcome("($c := function($n){function($x){$x + $n}}; $add := $c(2); $add($add(3)))") == "7")
    }
}
