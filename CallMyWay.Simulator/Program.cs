using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>
/// Starts the simulator as a process. The class is not named Program, as two web projects in one build would clash.
/// </summary>
internal static class EntryPoint
{
    private static async Task<int> Main(string[] args)
    {
        await using var app = SimulatorApp.Build(args);
        try
        {
            await app.StartAsync();
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var failure in wrong.Failures)
            {
                await Console.Error.WriteLineAsync(failure);
            }

            return 1;
        }
        catch (IOException failure)
        {
            await Console.Error.WriteLineAsync(
                $"The simulator could not start: {failure.Message} (--urls chooses another address)");
            return 1;
        }

        foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
        {
            Console.WriteLine($"Listening on {address}");
        }

        if (app.Configuration.GetValue<bool>("exit-with-parent"))
        {
            _ = StopWithParentAsync(app);
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    // The parent holds the other end of our standard input, which closes when the parent ends for any reason.
    private static async Task StopWithParentAsync(WebApplication app)
    {
        await Task.Yield();
        var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
            // What the parent writes has no meaning.
        }

        await app.StopAsync();
    }
}
