using CallMyWay.Functions.Homologation;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>Which setting an answer asks for.</summary>
public sealed class QuestionTests
{
    [Theory]
    [InlineData("records-live", "yes", null, "true")]
    [InlineData("records-live", "no", null, "false")]
    [InlineData("records-live", "perhaps", null, null)]
    [InlineData("cost-fee", "yes", "true", "true")]
    [InlineData("cost-fee", "unclear", null, null)]
    [InlineData("pace-scope", "address", "address", "address")]
    [InlineData("pace-scope", "path", "path", null)]
    [InlineData("codec", "PCMA", null, null)]
    public void The_Answer_Of_A_Run_Tells_Its_Setting(string question, string value, string? setting, string? asksFor) =>
        Questions.Find(question)!.SettingOf(new CaseAnswer(question, value, setting)).ShouldBe(asksFor);
}
