import JSON
import JSONata
import Testing

@Suite("Limits")
struct LimitTests {
    @Test("Arrays and texts are let through up to AWS's size")
    func memory() {
        #expect(outcome("$count([1..873782])") == "873782")
        #expect(outcome("[1..873783]").contains("memory limit exceeded"))
        #expect(outcome("$length($pad('', 4194304))") == "4194304")
        #expect(outcome("$pad('', 8388608)").contains("memory limit exceeded"))
    }

    @Test("Calls and operands nest about a hundred deep")
    func depth() {
        #expect(outcome("($f := function($n){$n = 0 ? 0 : 1 + $f($n - 1)}; $f(20))") == "20")
        #expect(outcome("($f := function($n){1 + $f($n + 1)}; $f(0))").contains("Stack overflow"))
        #expect(outcome(Array(repeating: "1", count: 90).joined(separator: "+")) == "90")
        #expect(outcome(Array(repeating: "1", count: 200).joined(separator: "+")).contains("Stack overflow"))
        #expect(
            outcome(String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)).contains(
                "Stack overflow"))
        #expect(outcome(String(repeating: "[", count: 50_000)).contains("Stack overflow"))
    }

    @Test(
        "What would never end, or grow without end, is stopped",
        arguments: [
            "($f := function(){$f()}; $f())",
            "($f := function($n){$f($n + 1)}; $f(0))",
            "($f := function($s){$f($s & $s)}; $f('a'))",
            "($f := function($a){$f([[$a], [$a]])}; $f(1))",
            "($f := function($a){$f({'a': $a, 'b': $a})}; $f(1))",
            "($f := function($a, $n){$n = 0 ? $a : $f([[$a], [$a]], $n - 1)}; $string($f(1, 60)))",
            "($f := function($a, $n){$n = 0 ? $a : $f({'a': $a, 'b': $a}, $n - 1)}; $f(1, 60))",
            "($f := function($a, $n){$n = 0 ? $a : $f({'a': $a, 'b': $a}, $n - 1)}; $f(1, 60) = $f(1, 60))",
            "$match($pad('', 40, 'a'), /(a+)+b/)",
            "$contains($pad('', 40, 'a'), /(a|aa)+$b/)",
            "[1..800000].$pad('', 400000)",
            "$map([1..800000], function($i){$map([1..800000], function($j){$i})})",
            "$replace($pad('', 100000, 'ab'), /a/, $pad('', 100000))",
            "$formatInteger(1e15, 'I')",
        ])
    func hostile(_ expression: String) {
        var limits = JSONataLimits.aws
        // Unoptimised test builds are slow; the proportion is what is tested.
        limits.steps = 200_000
        limits.regexSteps = 200_000
        let clock = ContinuousClock()
        let start = clock.now
        #expect(outcome(expression, limits: limits).hasPrefix("U1001"))
        #expect(clock.now - start < .seconds(20))
    }
}
