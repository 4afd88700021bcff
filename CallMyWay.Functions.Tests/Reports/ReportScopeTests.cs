using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Reports;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>Whose figures somebody may see.</summary>
public sealed class ReportScopeTests
{
    [Fact]
    public void Who_Sees_Their_Own_Calls_Alone_Sees_No_Figures()
    {
        ReportMaker.ScopeOf(VisibleCalls.All("admin")).ShouldBe(ReportScope.All);
        ReportMaker.ScopeOf(VisibleCalls.OfTeam("sofia", "cobros")).ShouldBe(ReportScope.OfTeam("cobros"));
        // Also not those of agents without a team.
        ReportMaker.ScopeOf(VisibleCalls.Own("sofia")).ShouldBeNull();
    }
}
