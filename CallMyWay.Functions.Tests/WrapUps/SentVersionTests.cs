using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.WrapUps;

/// <summary>The versions of a wrap-up that a call's history shows.</summary>
public sealed class SentVersionTests
{
    [Fact]
    public void The_Last_Ten_Are_Kept_And_Each_Has_A_Number_Of_Its_Own()
    {
        IReadOnlyList<SentVersion>? sent = null;
        for (var i = 1; i <= 13; i++)
        {
            sent = SentVersion.Append(sent, new WrapUp { Notes = $"{i}", AgentId = "ana", UpdatedAt = default });
        }

        sent!.Select(each => (each.Version, each.Notes!)).ShouldBe(Enumerable.Range(4, 10).Select(i => (i, $"{i}")));
    }
}
