using CallMyWay.Functions.Adapters;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// Every function follows the project's rules. <see cref="HouseRulesTests"/> shows that each rule can fail.
/// </summary>
public sealed class ConventionTests
{
    /// <summary>The types of the assembly, except the adapters, which belong to Azure.</summary>
    private static IEnumerable<Type> Features => typeof(CallMyWayServices).Assembly.GetTypes()
        .Where(type => type.Namespace is { } name
            && name.StartsWith("CallMyWay.", StringComparison.Ordinal)
            && name != typeof(AzureStorageServices).Namespace);

    [Fact]
    public void No_Path_Reaches_Two_Routes() => HouseRules.Routing(FunctionMethods.Everywhere).ShouldBeEmpty();

    [Fact]
    public void Every_Http_Trigger_Is_Anonymous_And_Says_Its_Methods_And_Route() =>
        HouseRules.HttpTriggers(FunctionMethods.Everywhere).ShouldBeEmpty();

    [Fact]
    public void Every_Http_Function_Says_Who_May_Call_It() =>
        HouseRules.Roles(FunctionMethods.Everywhere).ShouldBeEmpty();

    [Fact]
    public void Every_Function_That_Changes_Or_Exports_Something_Is_Audited_Or_Says_Why_Not() =>
        HouseRules.Audits(FunctionMethods.Everywhere).ShouldBeEmpty();

    [Fact]
    public void Every_Function_Is_Declared_As_The_Worker_Wants_It() =>
        HouseRules.Declarations(FunctionMethods.All).ShouldBeEmpty();

    [Fact]
    public void Every_Queue_Is_One_That_Is_Created() => HouseRules.Queues(FunctionMethods.Everywhere).ShouldBeEmpty();

    [Fact]
    public void Features_Know_Nothing_Of_A_Host() => HouseRules.References(Features).ShouldBeEmpty();

    [Fact]
    public void Nothing_Shared_Can_Be_Changed() =>
        HouseRules.Statics(typeof(CallMyWayServices).Assembly.GetTypes()).ShouldBeEmpty();
}
