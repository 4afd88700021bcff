using CallMyWay.Functions;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.EntraId;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);

builder.Logging.AddWorkerLogRules();
builder.ConfigureFunctionsWebApplication();
builder.UseTelemetry();
builder.UseMiddleware<UnhandledErrorMiddleware>();
builder.UseMiddleware<EntraSignInMiddleware>();
builder.UseMiddleware<AccessMiddleware>();

builder.Services.AddAzureStorage(builder.Configuration);
builder.Services.AddAzureScreens(builder.Configuration);
builder.Services.AddEntraSignIn(builder.Configuration);
builder.Services.AddCallMyWay(builder.Configuration);
builder.Services.AddCallerAddress();
builder.Services.AddHostedService<UpgradeInBackground>();
builder.Services.AddHostedService<AccountSettingsWatch>();
builder.Services.AddHostedService<CampaignStart>();

await builder.Build().RunAsync();
