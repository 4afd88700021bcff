using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>What is told of a click that was refused.</summary>
public sealed class DialPhraseTests
{
    [Fact]
    public void Each_Refusal_Has_Words_Of_Its_Own()
    {
        var words = Enum.GetValues<DialRefusal>().Select(refusal => DialPhrases.Of(refusal)).ToList();

        words.Select(each => each.Es).ShouldBeUnique();
        words.Select(each => each.En).ShouldBeUnique();
    }

    [Fact]
    public void What_The_Guard_Says_Of_A_Person_Is_Told()
    {
        var why = new Phrase("Es feriado.", "It is a holiday.");

        DialPhrases.Of(new DialResult(null, DialRefusal.ContactGuard)
        {
            Verdict = new GuardVerdict(GuardReason.Holiday, why, null),
        }).ShouldBe(why);
    }

    [Fact]
    public void A_Refusal_That_Nobody_Has_Put_In_Words_Is_Not_Told_As_Another() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DialPhrases.Of((DialRefusal)99));
}
