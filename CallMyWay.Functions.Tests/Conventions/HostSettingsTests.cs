using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>host.json, checked with .NET's own logging rules, which the Functions host uses too.</summary>
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
    public void Loggers_Of_Request_Addresses_Are_Silent_Below_Warning(string category)
    {
        var log = _host.CreateLogger(category);

        log.IsEnabled(LogLevel.Information).ShouldBeFalse();
        log.IsEnabled(LogLevel.Warning).ShouldBeTrue();
    }

    [Fact]
    public void A_Functions_Own_Log_Is_Kept() =>
        _host.CreateLogger("Function.ReceiveCallEvent.User").IsEnabled(LogLevel.Information).ShouldBeTrue();

    public void Dispose() => _host.Dispose();
}
