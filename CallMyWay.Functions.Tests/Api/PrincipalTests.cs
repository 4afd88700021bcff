using System.Security.Claims;
using CallMyWay.Functions.Api;

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
    }
}
