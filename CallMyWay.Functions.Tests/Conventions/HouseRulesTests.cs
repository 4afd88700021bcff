using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// Every rule finds its bad example and accepts the good one: a rule that can't fail protects nothing.
/// </summary>
public sealed class HouseRulesTests
{
    [Theory]
    [InlineData("calls/live", "calls/{id}")]
    [InlineData("calls/{id}", "CALLS/Live")]
    [InlineData("calls/{id:int}", "calls/{name}")]
    [InlineData("calls", "calls/{id?}")]
    [InlineData("calls/today", "calls/{id=1}")]
    [InlineData("files/a/b/c", "files/{*path}")]
    [InlineData("files", "files/{**path}")]
    [InlineData("{kind}/1", "calls/{id}")]
    [InlineData("exports/calls.csv", "exports/{name}.csv")]
    [InlineData("calls/{id}/{part?}", "calls/{id}")]
    public void A_Path_That_Reaches_Both_Is_Found(string one, string other)
    {
        Routes.CanMatchTheSamePath(one, other).ShouldBeTrue();
        Routes.CanMatchTheSamePath(other, one).ShouldBeTrue();
        Routes.AreTheSame(one, other).ShouldBeFalse();
    }

    [Theory]
    [InlineData("calls/live", "calls/{id}/contact")]
    [InlineData("calls/{id}", "live-calls")]
    [InlineData("calls/{id}/contact", "calls/{id}/ignore")]
    [InlineData("calls/a/{id?}", "calls/b/{id?}")]
    [InlineData("calls/{id}/{part?}", "calls")]
    [InlineData("files/{*path}", "calls/{*path}")]
    public void Routes_Without_A_Common_Path_Pass(string one, string other)
    {
        Routes.CanMatchTheSamePath(one, other).ShouldBeFalse();
        Routes.CanMatchTheSamePath(other, one).ShouldBeFalse();
    }

    [Fact]
    public void The_Same_Route_With_Other_Methods_Is_No_Clash() =>
        HouseRules.Routing(FunctionMethods.Of(typeof(Good))).ShouldBeEmpty();

    [Fact]
    public void A_Literal_Beside_A_Parameter_Is_A_Clash_Whatever_The_Methods() =>
        HouseRules.Routing(FunctionMethods.Of(typeof(LiteralBesideParameter))).ShouldHaveSingleItem()
            .ShouldContain("things/new");

    [Fact]
    public void The_Same_Route_With_The_Same_Method_Is_A_Clash() =>
        HouseRules.Routing(FunctionMethods.Of(typeof(SameRouteTwice))).ShouldHaveSingleItem();

    [Fact]
    public void A_Careless_Http_Trigger_Is_Told_All_That_Is_Wrong()
    {
        var breaches = HouseRules.HttpTriggers(FunctionMethods.Of(typeof(Careless))).ToList();

        breaches.Count.ShouldBe(5);
        breaches.ShouldContain(breach => breach.StartsWith(
            nameof(Careless.WithKey),
            StringComparison.Ordinal) && breach.Contains("function key", StringComparison.Ordinal));
        breaches.ShouldContain(breach => breach.StartsWith(
            nameof(Careless.WithKey),
            StringComparison.Ordinal) && breach.Contains("names no methods", StringComparison.Ordinal));
        breaches.ShouldContain(breach => breach.StartsWith(
            nameof(Careless.WithKey),
            StringComparison.Ordinal) && breach.Contains("route of its own", StringComparison.Ordinal));
        breaches.ShouldContain(breach => breach.StartsWith(
            nameof(Careless.ReturnsText),
            StringComparison.Ordinal) && breach.Contains("IResult", StringComparison.Ordinal));
        breaches.ShouldContain(breach => breach.StartsWith(
            nameof(Careless.ReturnsText),
            StringComparison.Ordinal) && breach.Contains("'other'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(NoRule), "must say who")]
    [InlineData(typeof(TwoRules), "must say who")]
    [InlineData(typeof(NoReason), "without a reason")]
    [InlineData(typeof(NoSuchRole), "does not exist")]
    public void A_Function_That_Does_Not_Say_Who_May_Call_It_Is_Found(Type type, string says) =>
        HouseRules.Roles(FunctionMethods.Of(type)).ShouldHaveSingleItem().ShouldContain(says);

    [Theory]
    [InlineData(typeof(NoAudit), "changes something")]
    [InlineData(typeof(UnauditedExport), "changes something")]
    [InlineData(typeof(AuditedAndNot), "changes something")]
    [InlineData(typeof(NotAuditedWithoutReason), "without a reason")]
    [InlineData(typeof(AuditsNoVerb), "no thing and verb")]
    public void A_Function_That_Does_Not_Say_What_It_Audits_Is_Found(Type type, string says) =>
        HouseRules.Audits(FunctionMethods.Of(type)).ShouldHaveSingleItem().ShouldContain(says);

    [Theory]
    [InlineData(typeof(SameName), "share the name")]
    [InlineData(typeof(NoTrigger), "has 0")]
    [InlineData(typeof(NotPublic), "public method")]
    [InlineData(typeof(IsStatic), "is static")]
    [InlineData(typeof(OddName), "letters, digits")]
    [InlineData(typeof(Overloaded), "overload")]
    public void A_Function_That_The_Worker_Would_Not_Take_Is_Found(Type type, string says) =>
        HouseRules.Declarations(FunctionMethods.Of(type)).ShouldHaveSingleItem().ShouldContain(says);

    [Fact]
    public void A_Queue_That_Nobody_Creates_Is_Found() =>
        HouseRules.Queues(FunctionMethods.Of(typeof(UnknownQueue))).ShouldHaveSingleItem().ShouldContain("'elsewhere'");

    [Theory]
    [InlineData(typeof(WorkerInABody), nameof(FunctionContext))]
    [InlineData(typeof(AzureInAField), nameof(TableClient))]
    [InlineData(typeof(AzureInACatch), nameof(RequestFailedException))]
    [InlineData(typeof(AzureAsAnArgument), nameof(QueueClient))]
    [InlineData(typeof(AnAdapter), nameof(AzureStorageServices))]
    public void What_A_Type_Uses_Of_A_Host_Is_Found(Type type, string uses)
    {
        var breaches = HouseRules.References(type).ToList();

        breaches.ShouldNotBeEmpty();
        breaches.ShouldAllBe(breach => breach.Contains(uses, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(StaticField))]
    [InlineData(typeof(StaticProperty))]
    [InlineData(typeof(StaticArray))]
    [InlineData(typeof(StaticList))]
    public void Shared_State_Is_Found(Type type) => HouseRules.Statics(type).ShouldHaveSingleItem();

    [Fact]
    public void A_Good_Example_Breaks_No_Rule()
    {
        var good = FunctionMethods.Of(typeof(Good));

        good.Count.ShouldBe(4);
        HouseRules.HttpTriggers(good).ShouldBeEmpty();
        HouseRules.Roles(good).ShouldBeEmpty();
        HouseRules.Audits(good).ShouldBeEmpty();
        HouseRules.Declarations(good).ShouldBeEmpty();
        HouseRules.Queues(good).ShouldBeEmpty();
        HouseRules.Statics(typeof(Good)).ShouldBeEmpty();
        HouseRules.References(typeof(Good)).ShouldBeEmpty();
    }

#pragma warning disable CA1034, CA1051, CA1822, CA2211, CA1819, CA1002, IDE0060, MA0016, MA0069 // Bad examples are bad.
    public sealed class Good
    {
        public const int Constant = 1;

        public static readonly string Text = "";

        public static IReadOnlyList<int> Numbers { get; } = [1];

        [Function("GoodGet")]
        [Allow(Role.Agent)]
        public IResult Get(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request,
            string id,
            CancellationToken cancellation) => TypedResults.Ok();

        [Function("GoodPut")]
        [AllowAnyone("An example.")]
        [Audits("good-thing.changed")]
        public Task<IResult> Put(
            [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "things/{thing}")] HttpRequest request,
            string thing) => Task.FromResult<IResult>(TypedResults.Ok());

        [Function("GoodQueue")]
        public Task FromQueue([QueueTrigger(StorageNames.CallEvents)] string message) => Task.CompletedTask;

        [Function("GoodTimer")]
        public Task OnTime([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.FromResult(timer.IsPastDue);
    }

    public sealed class LiteralBesideParameter
    {
        [Function("One")]
        public IResult One(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request,
            string id) => TypedResults.Ok();

        [Function("Other")]
        public IResult Other([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/new")] HttpRequest request) => TypedResults.Ok();
    }

    public sealed class SameRouteTwice
    {
        [Function("One")]
        public IResult One(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request,
            string id) => TypedResults.Ok();

        [Function("Other")]
        public IResult Other(
            [HttpTrigger(AuthorizationLevel.Anonymous, "put", "GET", Route = "Things/{thing}")] HttpRequest request,
            string thing) => TypedResults.Ok();
    }

    public sealed class Careless
    {
        [Function(nameof(WithKey))]
        public IResult WithKey([HttpTrigger] HttpRequest request) => TypedResults.Ok();

        [Function(nameof(ReturnsText))]
        public string ReturnsText(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request,
            string other) => other;
    }

    public sealed class NoRule
    {
        [Function("Bad")]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class TwoRules
    {
        [Function("Bad")]
        [Allow(Role.Admin)]
        [AllowAnyone("Both.")]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class NoReason
    {
        [Function("Bad")]
        [AllowAnyone(" ")]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class NoSuchRole
    {
        [Function("Bad")]
        [Allow((Role)9)]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class NoAudit
    {
        [Function("Bad")]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class UnauditedExport
    {
        [Function("Bad")]
        public IResult Bad(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/a.csv")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class AuditedAndNot
    {
        [Function("Bad")]
        [Audits("thing.changed")]
        [NotAudited("Both.")]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class NotAuditedWithoutReason
    {
        [Function("Bad")]
        [NotAudited(" ")]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class AuditsNoVerb
    {
        [Function("Bad")]
        [Audits("thing")]
        public IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "a")] HttpRequest request) =>
            TypedResults.Ok();
    }

    public sealed class SameName
    {
        [Function("Same")]
        public Task One([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;

        [Function("same")]
        public Task Other([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class NoTrigger
    {
        [Function("Bad")]
        public Task Bad(string message) => Task.CompletedTask;
    }

    public sealed class NotPublic
    {
        [Function("Bad")]
        internal Task Bad([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class IsStatic
    {
        [Function("Bad")]
        public static Task Bad([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class OddName
    {
        [Function("9 lives")]
        public Task Bad([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class Overloaded
    {
        [Function("Bad")]
        public Task Bad([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.CompletedTask;

        public Task Bad() => Task.CompletedTask;
    }

    public sealed class UnknownQueue
    {
        [Function("Bad")]
        public Task Bad([QueueTrigger("elsewhere")] string message) => Task.CompletedTask;
    }

    public sealed class WorkerInABody
    {
        public string? Name(object context) => (context as FunctionContext)?.InvocationId;
    }

    public sealed class AzureInAField(object table)
    {
        private readonly TableClient? _table = table as TableClient;

        public bool Has => _table is not null;
    }

    public sealed class AzureInACatch
    {
        public bool Try(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (RequestFailedException)
            {
                return false;
            }
        }
    }

    public sealed class AzureAsAnArgument
    {
        public Type Type => typeof(List<QueueClient[]>);
    }

    public sealed class AnAdapter
    {
        public IServiceCollection Add(IServiceCollection services, IConfiguration configuration) =>
            services.AddAzureStorage(configuration);
    }

    public static class StaticField
    {
        public static int Count;
    }

    public static class StaticProperty
    {
        public static int Count { get; set; }
    }

    public static class StaticArray
    {
        public static readonly int[] Numbers = [1];
    }

    public static class StaticList
    {
        public static IList<int> Numbers { get; } = [1];
    }
#pragma warning restore CA1034, CA1051, CA1822, CA2211, CA1819, CA1002, IDE0060, MA0016, MA0069
}
