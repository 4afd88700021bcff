using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Promises;

namespace CallMyWay.Functions.Tests.Promises;

/// <summary>What of a promise stays as it is corrected, and which input says something new.</summary>
public sealed class PromiseToPayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, "CRC", PromiseState.Open, 50)]
    [InlineData(50, "CRC", PromiseState.Kept, 50)]
    [InlineData(40, "CRC", PromiseState.Kept, 50)]
    // The currency alone was mistyped.
    [InlineData(100, "USD", PromiseState.Open, 50)]
    [InlineData(50.01, "USD", PromiseState.Open, null)]
    public void What_Was_Paid_Stays_And_Is_All_Of_It_Where_No_More_Was_Promised(
        double amount, string currency, PromiseState state, int? paid)
    {
        var before = New(100, "CRC") with
        {
            State = PromiseState.Partly,
            PaidAmount = 50,
            PaidAt = Now.AddDays(-1),
            DecidedBy = "ana",
            DoneAt = Now,
        };

        var after = New((decimal)amount, currency).PaidAs(before);

        after.State.ShouldBe(state);
        (after.PaidAmount, after.PaidAt is null).ShouldBe((paid, paid is null));
        var isDone = state == PromiseState.Kept;
        (after.DoneAt is not null, after.DecidedBy).ShouldBe((isDone, isDone ? "ana" : null));
    }

    [Theory]
    [InlineData(PromiseState.Kept, null, null, true)]
    [InlineData(PromiseState.Kept, 100, 0, true)]
    [InlineData(PromiseState.Kept, 101, null, false)]
    // The day was mistyped.
    [InlineData(PromiseState.Kept, null, -1, false)]
    [InlineData(PromiseState.Partly, 50, null, false)]
    [InlineData(PromiseState.Broken, null, null, false)]
    [InlineData(PromiseState.Open, null, null, false)]
    public void A_Repeated_Input_Says_Nothing_New_And_Each_Correction_Does(
        PromiseState state, int? amount, int? daysFromPaid, bool isSaid)
    {
        var kept = New(100, "CRC") with { State = PromiseState.Kept, PaidAmount = 100, PaidAt = Now };

        new PromiseInput(state, amount, daysFromPaid is { } days ? Now.AddDays(days) : null).IsSaidBy(kept)
            .ShouldBe(isSaid);
    }

    private static PromiseToPay New(decimal amount, string currency) => new()
    {
        PromiseId = "p",
        AgentId = "ana",
        CallId = "c",
        Account = "8000001",
        Number = new NumberView(null, "", PhoneNumberKind.Private),
        DueAt = Now.AddDays(3),
        Amount = amount,
        Currency = currency,
    };
}
