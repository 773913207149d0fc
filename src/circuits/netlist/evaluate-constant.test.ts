import { describe, expect, it } from "vitest";
import { evaluateConstant } from "./evaluate-constant.ts";

describe("constant expressions", () => {
  it.each([
    ["1+2*3", 7],
    ["(1+2)*3", 9],
    ["{1+2}*{3}", 9],
    ["'1+2'*3", 9],
    ["-2^2", -4],
    ["2**3^2", 512],
    ["2^-1", 0.5],
    ["10/4/5", 0.5],
    ["10-4-5", 1],
    ["1k+4k7", 5700],
    ["100n*1Meg", 0.1],
    ["1 < 2", 1],
    ["2 <= 2 && 3 != 4", 1],
    ["1 > 2 || 2 <> 2", 0],
    ["!1", 0],
    ["!0 + !0.4", 2],
    ["1 == 1 ? 10 : 20", 10],
    ["0 ? 1 : 0 ? 2 : 3", 3],
    ["a > 1 ? a : 1/0", 2],
    ["a*A", 4],
    ["+a", 2],
    ["min(3,1,2)", 1],
    ["max(3,1)", 3],
    ["pow(2,10)", 1024],
    ["pow(-2,3)", -8],
    ["pwr(-2,3)", 8],
    ["pwrs(-2,2)", -4],
    ["limit(5,0,3)", 3],
    ["limit(-5,3,0)", 0],
    ["if(0,1,2)", 2],
    ["uramp(-1)+uramp(2)", 2],
    ["u(1)+u(-1)", 1],
    ["sgn(-3)*abs(-3)", -3],
    ["log(e)+ln(e)+log10(100)", 4],
    ["int(2.7)+int(-2.7)+floor(-0.5)+ceil(0.5)+nint(1.6)", 2],
    ["sqrt(16)+exp(0)", 5],
    ["atan2(0,1)+atan(0)+asin(0)+acos(1)", 0],
    ["hypot(3,4)", 5],
    ["cos(pi)", -1],
    ["tanh(0)+sinh(0)+cosh(0)", 1],
    ["mc(10,0.05)", 10],
    ["0.1+0.2*0", 0.1],
  ])("%s is %d", (text, value) => {
    expect(evaluateConstant(text, { a: 2 })).toBeCloseTo(value, 12);
  });

  it.each([
    ["1+", /found the end of the line where a number, a parameter or "\(" should be/],
    ["(1+2", /where "\)" or an operator should be/],
    ["1 2", /something stands behind/],
    ["b", /no parameter "b"/],
    ["drivee+1", /no parameter "drivee"/],
    ["1/0", /is Infinity/],
    ["sqrt(-1)", /is NaN/],
    ["1e400", /is Infinity/],
    ["foo(1)", /no function "foo"/],
    ["table(1,2)", /table\(\) has 2 arguments/],
    ["ddt(1)", /no simulation of "ddt"/],
    ["min(1)", /min\(\) has 1 arguments/],
    ["V(a)", /V\(a\).*must be a constant/],
    ["I(V1)", /I\(v1\).*must be a constant/],
    ["time", /time.*must be a constant/],
    ["V(a", /has no "\)"/],
    ["V()", /does not name one or two nodes/],
    ["V(a,b,c)", /does not name one or two nodes/],
    ["I(a,b)", /does not name one element/],
    ["1 ? 2", /where ":" should be/],
    ["@r1[i]", /found "@"/],
    ["", /found the end of the line/],
    [`${"(".repeat(500)}1${")".repeat(500)}`, /more than 100 brackets/],
    [`${"-".repeat(500)}1`, /more than 100 brackets/],
    [`${"2^".repeat(500)}1`, /more than 100 (powers|brackets)/],
    [Array(1000).fill("1").join("+"), /more than 200 operators deep/],
  ])("refuses %s", (text, message) => {
    expect(() => evaluateConstant(text, { drive: 1 })).toThrow(
      expect.objectContaining({ name: "TonewrightError", message: expect.stringMatching(message) }),
    );
  });

  it("suggests the name that was meant", () => {
    expect(() => evaluateConstant("drvie", { drive: 1, tone: 2 })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('did you mean "drive"?') }),
    );
  });
});
