using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>host.json, by the framework's own rules of logging, which are the Functions host's.</summary>
public sealed class HostSettingsTests : IDisposable
{
    private readonly ILoggerFactory _host = LoggerFactory.Create(logging => logging
        .AddConfiguration(
            new ConfigurationBuilder().AddJsonFile(SourceTree.PathOf("host.json")).Build().GetSection("logging"))
        .AddProvider(new LogCapture()));

    [Theory]
    [InlineData("Microsoft.Azure.WebJobs.Script.WebHost.Middleware.SystemTraceMiddleware")]
    [InlineData("Yarp.ReverseProxy.Forwarder.HttpForwarder")]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("System.Net.Http.HttpClient.Default.LogicalHandler")]
    public void What_Writes_Requests_Addresses_Is_Not_Heard_Below_A_Warning(string category)
    {
        var log = _host.CreateLogger(category);

        log.IsEnabled(LogLevel.Information).ShouldBeFalse();
        log.IsEnabled(LogLevel.Warning).ShouldBeTrue();
    }

    [Fact]
    public void What_A_Function_Logs_Is_Heard() =>
        _host.CreateLogger("Function.ReceiveCallEvent.User").IsEnabled(LogLevel.Information).ShouldBeTrue();

    public void Dispose() => _host.Dispose();
}
