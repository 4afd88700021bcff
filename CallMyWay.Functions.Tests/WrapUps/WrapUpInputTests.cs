using CallMyWay.Functions.Api;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.WrapUps;

public sealed class WrapUpInputTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly OutcomeList Outcomes = new([new("paid", "Pagado", "Paid", new())], null);

    private static readonly WrapUpInput InEuros = new(
        "paid", null, null, new Charge(10, "EUR", "Gestión"), new Promise(10, "EUR", Now), null);

    [Theory]
    [InlineData("EUR", false, true)]
    [InlineData("EUR", true, false)]
    [InlineData("CRC", false, false)]
    public void A_Currency_That_Is_No_Longer_Used_Stays_In_What_Was_Sent_With_It(
        string before, bool isDraft, bool isValid)
    {
        var wrapUp = new WrapUp
        {
            Draft = isDraft,
            Outcome = "paid",
            Charge = new(20, before, "Gestión"),
            Promise = new(20, before, Now),
            AgentId = "ana",
            UpdatedAt = Now,
        };

        var errors = InEuros.Check(false, Outcomes, [], ["CRC", "USD"], TimeZoneInfo.Utc, Now, wrapUp);

        errors.Any.ShouldBe(!isValid);
    }

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(1_000_000_000_000, true)]
    [InlineData(0, false)]
    [InlineData(-0.01, false)]
    [InlineData(10.005, false)]
    [InlineData(1_000_000_000_000.01, false)]
    public void An_Amount_Is_Above_Zero_And_Has_Two_Decimals_At_Most(double given, bool isValid)
    {
        var amount = (decimal)given;
        var input = InEuros with { Charge = new(amount, "CRC", "Gestión"), Promise = new(amount, "CRC", Now) };

        foreach (var isDraft in new[] { false, true })
        {
            Check(input, isDraft, Now, null).Any.ShouldBe(!isValid);
        }
    }

    [Theory]
    [InlineData(null, true, null)]
    [InlineData(null, false, "Escriba una fecha futura.")]
    [InlineData("", true, null)]
    [InlineData("", false, "Escriba una fecha futura.")]
    [InlineData("2026-03-01", false, "Escriba una fecha futura.")]
    [InlineData("2026-03-02", false, null)]
    [InlineData("pronto", true, "Escriba una fecha como 2026-01-31 o 2026-01-31T08:00:00-06:00.")]
    [InlineData("pronto", false, "Escriba una fecha como 2026-01-31 o 2026-01-31T08:00:00-06:00.")]
    public void A_Follow_Up_Has_A_Date_From_Today_On(string? dueAt, bool isDraft, string? error)
    {
        var input = InEuros with { Charge = null, Promise = null, FollowUp = new(dueAt, "Llamar") };

        var errors = Check(input, isDraft, new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), null);

        errors.All.Select(each => (each.Field, each.Error.Es)).ShouldBe(
            error is null ? [] : [("followUp.dueAt", error)]);
    }

    [Fact]
    public void A_Follow_Up_Of_A_Day_That_Is_Over_Stays_In_What_Was_Sent_With_It()
    {
        var input = InEuros with { Charge = null, Promise = null, FollowUp = new("2026-03-01", "Llamar") };
        var sent = new WrapUp
        {
            Outcome = "paid",
            FollowUp = new(new DateTimeOffset(2026, 3, 1, 23, 59, 0, TimeSpan.Zero), "Llamar"),
            AgentId = "ana",
            UpdatedAt = default,
        };

        Check(input, false, new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), sent).Any.ShouldBeFalse();
    }

    private static FieldErrors Check(WrapUpInput input, bool isDraft, DateTimeOffset now, WrapUp? before) =>
        input.Check(isDraft, Outcomes, [], ["CRC"], TimeZoneInfo.Utc, now, before);
}
