using CallMyWay.Functions.Agents;
using CallMyWay.Functions.EntraId;
using CallMyWay.Functions.FirstSteps;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.FirstSteps;

public sealed class FirstStepsProgressTests
{
    [Fact]
    public async Task Whoever_Asks_Does_Not_Count_As_One_Of_The_People()
    {
        await using var features = await Features.StartAsync();
        var progress = ActivatorUtilities.CreateInstance<FirstStepsProgress>(
            features.Get<IServiceProvider>(), new EntraHostDescription());
        var agents = features.Get<AgentStore>();
        (await StateAsync("ana")).ShouldBe(FirstStepState.Done);

        (await agents.DeleteAsync((await agents.GetAsync("luis", default))!, null, default)).ShouldBeTrue();

        (await StateAsync("ana")).ShouldBe(FirstStepState.Open);
        (await StateAsync("eva@office.example")).ShouldBe(
            FirstStepState.Done, "an administrator of the directory has no row, and ana is another");

        async Task<FirstStepState> StateAsync(string asks) =>
            (await progress.ReadAsync(asks, default)).States[FirstStep.People];
    }
}
