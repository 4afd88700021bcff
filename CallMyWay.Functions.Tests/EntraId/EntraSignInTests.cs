using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.EntraId;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace CallMyWay.Functions.Tests.EntraId;

public sealed class EntraSignInTests : IAsyncLifetime
{
    private const string Ana = "ana.mora@empresa.cr";

    private Features _features = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        await PutAsync(new Agent { AgentId = "ana", Name = "Ana Mora", SignInName = "Ana.Mora@Empresa.CR", Roles = [Role.Supervisor], Language = "en" });
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task The_Agent_Of_The_Sign_In_Name_Is_Signed_In_With_The_Row_s_Roles_And_Language()
    {
        var user = (await FindAsync(PlatformHeader.OfToken(Ana, ("roles", "Reader")))).ShouldNotBeNull();

        user.AgentId().ShouldBe("ana");
        user.Identity!.Name.ShouldBe("Ana Mora");
        user.Roles().ShouldBe([Role.Supervisor]);
        user.FindFirstValue(Principal.LanguageClaim).ShouldBe("en");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("false")]
    [InlineData("False")]
    [InlineData("1")]
    [InlineData("yes")]
    public async Task Without_Platform_Authentication_The_Header_Is_Ignored(string? isOn) =>
        (await FindAsync(PlatformHeader.OfToken(Ana, ("roles", "Admin")), isOn)).ShouldBeNull();

    [Fact]
    public async Task Without_A_Header_Or_With_Two_Nobody_Is_Signed_In()
    {
        var header = PlatformHeader.OfToken(Ana);
        (await FindAsync(StringValues.Empty)).ShouldBeNull();
        (await FindAsync(new StringValues([header, header]))).ShouldBeNull();
        (await FindAsync(PlatformHeader.Of([]))).ShouldBeNull();
    }

    [Fact]
    public async Task The_App_Role_Admin_Lets_The_First_Administrator_In_Under_The_Directory_s_Id()
    {
        var user = (await FindAsync(PlatformHeader.OfToken("jefa@empresa.cr", ("name", "La Jefa"), ("roles", "Admin"))))
            .ShouldNotBeNull();

        user.AgentId().ShouldBe("6f9619ff-8b86-d011-b42d-00c04fc964ff");
        user.Identity!.Name.ShouldBe("La Jefa");
        user.Has(Role.Admin).ShouldBeTrue();
        // No language is set yet, so the browser's is used.
        user.FindFirstValue(Principal.LanguageClaim).ShouldBeNull();
    }

    [Fact]
    public async Task The_App_Role_Admin_Adds_To_The_Row_s_Roles()
    {
        var user = (await FindAsync(PlatformHeader.OfToken(Ana, ("roles", "Admin")))).ShouldNotBeNull();

        user.AgentId().ShouldBe("ana");
        user.Roles().ShouldBe([Role.Supervisor, Role.Admin]);
    }

    [Fact]
    public async Task Other_App_Roles_Give_No_Rights()
    {
        var user = (await FindAsync(PlatformHeader.OfToken("otro@empresa.cr", ("roles", "Supervisor"), ("roles", "Agent"), ("roles", "Administrator")))).ShouldNotBeNull();

        user.AgentId().ShouldBeNull();
        user.Roles().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_App_Role_Admin_Without_A_Directory_Id_Gives_No_Rights()
    {
        var user = (await FindAsync(PlatformHeader.Of([("preferred_username", "jefa@empresa.cr"), ("roles", "Admin"), ("oid", "../agents")]))).ShouldNotBeNull();

        user.AgentId().ShouldBeNull();
        user.Has(Role.Agent).ShouldBeFalse();
    }

    [Fact]
    public async Task Somebody_Who_Is_No_Agent_Is_Told_So()
    {
        var context = new DefaultHttpContext
        {
            User = (await FindAsync(PlatformHeader.OfToken("otro@empresa.cr"))).ShouldNotBeNull()
        };
        var me = typeof(MeFunctions).GetMethod(nameof(MeFunctions.Get))!;

        Access.Decide(me, context.User).ShouldBe(AccessDecision.NotAdded);
        var problem = Access.Refusal(me, context.Request)
            .ShouldBeOfType<Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>();
        problem.StatusCode.ShouldBe(StatusCodes.Status403Forbidden);
        problem.ProblemDetails.Detail!.ShouldContain("otro@empresa.cr");
        problem.ProblemDetails.Detail!.ShouldContain("administrador");
    }

    [Fact]
    public async Task With_A_List_Of_Tenants_A_Token_Of_Another_Tenant_Is_Refused()
    {
        var header = PlatformHeader.OfToken(Ana, ("roles", "Admin"));

        (await FindAsync(header, tenants: $"99999999-2222-3333-4444-555555555555, {PlatformHeader.Tenant}"))
            .ShouldNotBeNull();
        (await FindAsync(header, tenants: "99999999-2222-3333-4444-555555555555")).ShouldBeNull();
        (await FindAsync(PlatformHeader.Of([("preferred_username", Ana)]), tenants: PlatformHeader.Tenant))
            .ShouldBeNull();
    }

    [Fact]
    public async Task A_Request_Costs_Two_Reads_At_Most_None_For_Half_A_Minute_And_A_Note_In_An_Hour()
    {
        var signIn = SignIn();
        var header = PlatformHeader.OfToken(Ana);
        _features.Meter.Reset();

        await signIn.FindUserAsync(header, default);
        _features.Meter.Operations.ShouldBe(["get agents", "get agents", "upsert agents"]);
        await signIn.FindUserAsync(PlatformHeader.OfToken(Ana.ToUpperInvariant()), default);
        _features.Meter.Operations.Count.ShouldBe(3);

        _features.Clock.Now += EntraSignIn.Recheck;
        await signIn.FindUserAsync(header, default);
        _features.Meter.Operations.Count.ShouldBe(5);
        _features.Clock.Now += TimeSpan.FromHours(1);
        await signIn.FindUserAsync(header, default);
        _features.Meter.Operations.Skip(5).ShouldBe(["get agents", "get agents", "upsert agents"]);
    }

    [Fact]
    public async Task An_Administrator_Sees_Who_Came_With_Which_App_Roles_And_Who_Is_No_Agent_Yet()
    {
        var signIn = SignIn();
        await signIn.FindUserAsync(PlatformHeader.OfToken(Ana), default);
        await signIn.FindUserAsync(PlatformHeader.OfToken("New.Person@example.com"), default);
        var agents = await _features.Get<AgentStore>().ListAsync(default);

        var seen = await Accounts().ListAsync(agents, default);

        var ana = seen.Items.Single(item => item.AgentId == "ana");
        ana.State.ShouldBe(AgentAccountState.Active);
        ana.LastSignInAt.ShouldBe(_features.Clock.GetUtcNow());
        ana.DirectoryRoles.ShouldBe([]);
        seen.Visitors.ShouldHaveSingleItem().SignInName.ShouldBe("new.person@example.com");

        // Who was added since is no visitor any more, and has not come as an agent yet.
        await PutAsync(new Agent
        {
            AgentId = "nuevo",
            Name = "Nuevo",
            SignInName = "new.person@example.com",
            Roles = [Role.Agent],
        });
        seen = await Accounts().ListAsync(await _features.Get<AgentStore>().ListAsync(default), default);
        seen.Visitors.ShouldBeEmpty();
        seen.Items.Single(item => item.AgentId == "nuevo").State.ShouldBe(AgentAccountState.None);

        DirectoryAccounts Accounts() => new(_features.Get<SignInNotes>());
    }

    [Fact]
    public async Task Other_App_Roles_And_A_Note_That_Failed_Are_Noted_At_Once()
    {
        var (signIn, notes) = (SignIn(), _features.Get<SignInNotes>());
        _features.Gate.Fail("upsert agents");
        (await signIn.FindUserAsync(PlatformHeader.OfToken(Ana), default))!.AgentId().ShouldBe("ana", "she gets in");
        (await notes.ListAsync(default)).ShouldBeEmpty();

        await signIn.FindUserAsync(PlatformHeader.OfToken(Ana), default);
        (await notes.ListAsync(default))["ana"].DirectoryRoles.ShouldBe([]);
        await signIn.FindUserAsync(PlatformHeader.OfToken(Ana, ("roles", "Reader")), default);
        (await notes.ListAsync(default))["ana"].DirectoryRoles.ShouldBe(["Reader"]);

        // Whoever gets the id of a deleted agent has not come yet.
        await notes.ForgetAsync("ana", default);
        (await notes.ListAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Sign_In_Name_Of_Other_Capitals_Is_No_Visitor_s()
    {
        await SignIn().FindUserAsync(PlatformHeader.OfToken("new.person@example.com"), default);
        await PutAsync(new Agent
        {
            AgentId = "nuevo",
            Name = "Nuevo",
            SignInName = "New.Person@Example.com",
            Roles = [Role.Agent],
        });

        var seen = await new DirectoryAccounts(_features.Get<SignInNotes>())
            .ListAsync(await _features.Get<AgentStore>().ListAsync(default), default);

        seen.Visitors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Ana, "Admin", true)]
    [InlineData(Ana, "Reader", false)]
    [InlineData("jefa@empresa.cr", "Admin", true)]
    public async Task The_Directory_Appoints_Whom_It_Gives_The_App_Role(string name, string role, bool isAppointed) =>
        (await FindAsync(PlatformHeader.OfToken(name, ("roles", role))))!.IsAppointed().ShouldBe(isAppointed);

    [Fact]
    public async Task A_Removed_Role_Ends_Within_A_Minute_Even_If_The_Clock_Is_Set_Back_By_A_Day()
    {
        var signIn = SignIn();
        var header = PlatformHeader.OfToken(Ana);
        (await signIn.FindUserAsync(header, default))!.Has(Role.Supervisor).ShouldBeTrue();

        await PutAsync(
            (await _features.Get<AgentStore>().GetAsync("ana", default))! with { Roles = [Role.Agent], ETag = null });
        _features.Clock.Now -= TimeSpan.FromDays(1);
        _features.Clock.Now += TimeSpan.FromMinutes(1);

        (await signIn.FindUserAsync(header, default))!.Has(Role.Supervisor).ShouldBeFalse();
    }

    [Fact]
    public async Task A_Removed_Role_And_A_Removed_Agent_End_Within_A_Minute()
    {
        var signIn = SignIn();
        var header = PlatformHeader.OfToken(Ana);
        var agents = _features.Get<AgentStore>();
        (await signIn.FindUserAsync(header, default))!.Has(Role.Supervisor).ShouldBeTrue();

        await PutAsync((await agents.GetAsync("ana", default))! with { Roles = [Role.Agent], ETag = null });
        _features.Clock.Now += TimeSpan.FromMinutes(1);
        (await signIn.FindUserAsync(header, default))!.Has(Role.Supervisor).ShouldBeFalse();

        await agents.DeleteAsync((await agents.GetAsync("ana", default))!, null, default);
        _features.Clock.Now += TimeSpan.FromMinutes(1);
        (await signIn.FindUserAsync(header, default))!.AgentId().ShouldBeNull();
    }

    [Fact]
    public async Task A_New_Agent_Gets_In_At_Once()
    {
        var signIn = SignIn();
        var header = PlatformHeader.OfToken("nuevo@empresa.cr");
        (await signIn.FindUserAsync(header, default))!.AgentId().ShouldBeNull();

        await PutAsync(
            new Agent { AgentId = "nuevo", Name = "Nuevo", SignInName = "nuevo@empresa.cr", Roles = [Role.Agent] });

        (await signIn.FindUserAsync(header, default))!.AgentId().ShouldBe("nuevo");
    }

    [Theory]
    [InlineData("POST", true, false, false, true)]
    [InlineData("DELETE", true, false, false, true)]
    [InlineData("POST", true, true, false, false)]
    [InlineData("POST", true, false, true, false)]
    [InlineData("GET", true, false, false, false)]
    [InlineData("POST", false, false, false, false)]
    public void The_Platforms_Cookie_Alone_Changes_Nothing(
        string method, bool cookie, bool proof, bool bearer, bool refused)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        if (cookie)
        {
            request.Headers.Cookie = "AppServiceAuthSession=abc";
        }

        if (proof)
        {
            request.Headers["X-Requested-With"] = "console";
        }

        if (bearer)
        {
            request.Headers.Authorization = "Bearer token";
        }

        (PlatformCookie.Refusal(request) is not null).ShouldBe(refused);
    }

    private async Task<ClaimsPrincipal?> FindAsync(
        StringValues header,
        string? isOn = "True",
        string? tenants = null) => await SignIn(isOn, tenants).FindUserAsync(header, default);

    private EntraSignIn SignIn(string? isOn = "True", string? tenants = null) => new(
        PlatformAuthentication.Of(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [PlatformAuthentication.Switch] = isOn,
            [PlatformAuthentication.AllowedTenants] = tenants,
        }).Build()),
        _features.Get<AgentStore>(),
        _features.Get<SignInNotes>(),
        _features.Clock,
        Microsoft.Extensions.Logging.Abstractions.NullLogger<EntraSignIn>.Instance);

    private async Task PutAsync(Agent agent) =>
        (await _features.Get<AgentStore>().PutAsync(agent, default)).Agent.ShouldNotBeNull();
}
