using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Text;

public sealed class TimePhrasesTests
{
    [Theory]
    [InlineData(2026, 12, 1, 8, 0, "1 dic 2026, 8:00 a. m.", "Dec 1, 2026, 8:00 AM")]
    [InlineData(2026, 9, 12, 12, 5, "12 sept 2026, 12:05 p. m.", "Sep 12, 2026, 12:05 PM")]
    [InlineData(2026, 1, 31, 0, 30, "31 ene 2026, 12:30 a. m.", "Jan 31, 2026, 12:30 AM")]
    public void A_Time_Is_Written_As_Each_Language_Does(
        int year, int month, int day, int hour, int minute, string es, string en) =>
        TimePhrases.Of(new DateTime(year, month, day, hour, minute, 0)).ShouldBe(new(es, en));

    [Fact]
    public void Hours_End_At_Midnight_And_A_Sentence_With_One_Full_Stop()
    {
        TimePhrases.OfEnd(TimeOnly.MinValue).ShouldBe(new("la medianoche", "midnight"));
        TimePhrases.OfEnd(new TimeOnly(18, 0)).ShouldBe(new("6:00 p. m.", "6:00 PM"));
        TimePhrases.Ended("Desde las 6:00 p. m.", "From 6:00 PM on")
            .ShouldBe(new("Desde las 6:00 p. m.", "From 6:00 PM on."));
    }
}
