using System.Security.Claims;
using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CallMyWay.Functions.Tests.Api;

/// <summary>What the claims of a signed-in user say they may do.</summary>
public sealed class PrincipalTests
{
    [Theory]
    [InlineData("Admin", Role.Admin)]
    [InlineData("supervisor", Role.Supervisor)]
    [InlineData("7", null)]
    [InlineData("-1", null)]
    [InlineData("0", null)]
    [InlineData("owner", null)]
    public void A_Role_That_There_Is_Not_Allows_Nothing(string claim, Role? role)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, claim)], "test"));

        user.Roles().ShouldBe(role is { } known ? [known] : []);
        user.Has(Role.Agent).ShouldBe(role is not null);
    }

    // The scopes of a key that a later release made may all be unknown.
    [Fact]
    public void A_Key_Without_Scopes_Is_Still_A_Key_And_No_Administrator()
    {
        var user = Principal.OfKey("k1", "CRM", []);

        user.KeyScopes().ShouldNotBeNull().ShouldBeEmpty();
        foreach (var name in new[] { nameof(Some.OfAdministrators), nameof(Some.OfReaders) })
        {
            Access.Decide(typeof(Some).GetMethod(name)!, user).ShouldBe(AccessDecision.Forbidden, name);
        }

        var reader = Principal.OfKey("k2", "CRM", [KeyScope.Calls]);
        Access.Decide(typeof(Some).GetMethod(nameof(Some.OfReaders))!, reader).ShouldBe(AccessDecision.Allowed);
    }

    // A key has no role, so nobody can give it one.
    [Theory]
    [InlineData(nameof(Some.OfReaders), "“calls”")]
    [InlineData(nameof(Some.OfApplications), "“embed”")]
    [InlineData(nameof(Some.OfAgents), "X-CallMyWay-Token")]
    [InlineData(nameof(Some.OfPeople), "sign in")]
    [InlineData(nameof(Some.OfAdministrators), "sign in")]
    public void A_Key_Is_Told_What_The_Function_Needs_And_Not_Of_A_Role(string name, string words)
    {
        var context = new DefaultHttpContext { User = Principal.OfKey("k1", "CRM", [KeyScope.Contacts]) };
        context.Request.Headers.AcceptLanguage = "en";

        var problem = Access.Refusal(typeof(Some).GetMethod(name)!, context.Request)
            .ShouldBeOfType<ProblemHttpResult>().ProblemDetails;

        problem.Status.ShouldBe(StatusCodes.Status403Forbidden);
        problem.Detail!.ShouldContain(words);
        problem.Detail!.ShouldNotContain("role");
    }

    [Fact]
    public void An_Agent_Without_The_Role_Is_Told_Of_The_Role()
    {
        var context = new DefaultHttpContext
        {
            User = Principal.Create("test", "ana", "Ana", [Role.Agent], "en"),
        };

        Access.Refusal(typeof(Some).GetMethod(nameof(Some.OfAdministrators))!, context.Request)
            .ShouldBeOfType<ProblemHttpResult>().ProblemDetails.Detail!.ShouldContain("role");
    }

    [Fact]
    public void An_Agent_In_Another_Applications_Page_Is_Told_Of_The_Token()
    {
        var context = new DefaultHttpContext
        {
            User = Principal.OfEmbedToken("t1", "ana", "Ana", "en", DateTimeOffset.MaxValue),
        };
        context.Request.Headers.AcceptLanguage = "en";

        Access.Refusal(typeof(Some).GetMethod(nameof(Some.OfPeople))!, context.Request)
            .ShouldBeOfType<ProblemHttpResult>().ProblemDetails.Detail!.ShouldContain("token");
    }

    /// <summary>Functions, of which only who may call them counts.</summary>
    private static class Some
    {
        [Allow(Role.Admin)]
        public static void OfAdministrators()
        {
        }

        [Allow(Role.Agent), AllowKey(KeyScope.Calls)]
        public static void OfReaders()
        {
        }

        [AllowKey(KeyScope.Embed)]
        public static void OfApplications()
        {
        }

        [Allow(Role.Agent)]
        public static void OfAgents()
        {
        }

        [Allow(Role.Agent), NotEmbedded]
        public static void OfPeople()
        {
        }
    }
}
