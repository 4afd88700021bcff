using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Events;

internal static class EventsServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventsOptions>()
            .Bind(configuration.GetSection(EventsOptions.Section))
            .Validate(
                options => options.PauseAfter > TimeSpan.Zero,
                $"{EventsOptions.Section}:{nameof(EventsOptions.PauseAfter)} is a time, such as 1.00:00:00 for a day.")
            .ValidateOnStart();
        return services
            .AddSingleton<EventEndpointStore>()
            .AddSingleton<EventBodyStore>()
            .AddSingleton<DeliveryStore>()
            .AddSingleton<IEventSink, EventSink>()
            .AddSingleton<EventContent>()
            .AddSingleton<EventSender>()
            .AddSingleton<EndpointGates>()
            .AddSingleton<EndpointWatch>()
            .AddSingleton<Deliverer>()
            .AddSingleton<EventDispatcher>()
            .AddSingleton<EventResume>()
            .AddSingleton<IJobKind, EventReplayJob>()
            .AddSingleton<IScheduled, PromisesDue>()
            .AddSingleton<IScheduled, LostTries>()
            .AddSingleton<ISweep, DeliverySweep>()
            .AddSingleton<ISweep, EventBodySweep>()
            .AddSingleton<ISweep, EventEndpointSweep>();
    }
}
