using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>Answers in words, and in two runs.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("start-at", "ringing", "Cuando timbra", "When it rings")]
    [InlineData("records-order", "oldestFirst", "Primero los más antiguos", "The oldest first")]
    [InlineData("number-format", "national / e164", "Nacional (8 dígitos) / Con más (+506…)", "National (8 digits) / With a plus (+506…)")]
    [InlineData("largest-page", ">= 57", "Al menos 57", "At least 57")]
    [InlineData("largest-page", "500", "500", "500")]
    [InlineData("call-id", "prefix cdr-", "El del registro tiene delante «cdr-»", "The record's has \"cdr-\" before it")]
    [InlineData("codec", "missing", "No está", "It is missing")]
    [InlineData("private-caller", "anonymous", "anonymous", "anonymous")]
    public void An_Answer_Is_Said_In_Words(string question, string value, string es, string en) =>
        AnswerWords.Of(new CaseAnswer(question, value)).ShouldBe(new Phrase(es, en));

    [Fact]
    public void What_Runs_Of_Earlier_Releases_Have_Is_Read_As_Today()
    {
        AnswerWords.Of(AnswerWords.Today(new("ids-again", "no (57)"))).Es.ShouldBe("No (57)");
        AnswerWords.Of(AnswerWords.Today(new("ids-again", "yes (17.1)"))).En.ShouldBe("Yes (17.1)");
        AnswerWords.Today(new("refused-click", "409: no (x)")).Value.ShouldBe("409: no (x)");
        Compare("ids-again", "no (57)", "no (112)").IsChanged.ShouldBeFalse();
        Compare("ids-again", "no (57)", "yes (17.1)").IsChanged.ShouldBeTrue();
    }

    [Theory]
    [InlineData("records-delay", "0-2 s", "3-7 s", false)]
    [InlineData("records-delay", "0-2 s", "60-64 s", true)]
    [InlineData("largest-page", ">= 3", ">= 57", false)]
    [InlineData("largest-page", ">= 3", "57", false)]
    [InlineData("largest-page", ">= 57", "3", true)]
    [InlineData("largest-page", "500", "200", true)]
    [InlineData("start-at", "ringing", "both", true)]
    [InlineData("start-at", "both", "both", false)]
    public void Only_What_Another_Call_Does_Not_Explain_Has_Changed(
        string question, string earlier, string later, bool isChanged) =>
        Compare(question, earlier, later).IsChanged.ShouldBe(isChanged);

    [Fact]
    public void Both_Answers_Are_Said_In_Words()
    {
        var compared = Compare("start-at", "ringing", "both");
        (compared.Earlier, compared.EarlierLabel).ShouldBe(("ringing", "Cuando timbra"));
        compared.LaterLabel.ShouldBe("Cuando timbra, y otra vez cuando se contesta");
    }

    private static ComparedQuestion Compare(string question, string earlier, string later)
    {
        var code = Catalogue.All.First(test => test.Questions.Contains(question)).Code;
        return RunComparison.Of(Run(earlier, 0), Run(later, 1), Language.Spanish).Questions.ShouldHaveSingleItem();

        RunState Run(string value, int day) => new(
            new Run($"r{day}", "8000001", DateTimeOffset.UnixEpoch.AddDays(day), "admin", "https://operator.example"),
            new Dictionary<string, CaseResult>
            {
                [code] = new() { State = CaseState.Passed, Answers = [new CaseAnswer(question, value)] },
            });
    }
}
