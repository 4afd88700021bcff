using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Tests.Calls;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>How what is to be done next of a call stands by the days of the office.</summary>
public sealed class NextActionViewTests
{
    [Theory]
    // Due at ten in the morning in Costa Rica, where a day ends at six in the morning UTC.
    [InlineData("2026-03-02T15:00:00Z", PromiseState.Open)]
    [InlineData("2026-03-02T20:00:00Z", PromiseState.Open)]
    [InlineData("2026-03-03T05:59:00Z", PromiseState.Open)]
    [InlineData("2026-03-03T06:00:00Z", PromiseState.Broken)]
    public void A_Promise_Is_Open_To_The_End_Of_Its_Day(string now, PromiseState expected)
    {
        var due = new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);
        var facts = CallFactsBuilder.Of(CallFactsBuilder.Start(0));
        var call = CallDerivation.Derive(
            facts.With("p", NextActionKind.Promise, new NextAction("p", NextActionKind.Promise, due, "ana")));

        var view = NextActionView.Of(
            call,
            DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

        view.ShouldNotBeNull().State.ShouldBe(expected);
    }
}
