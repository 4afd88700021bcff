using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Statements;

internal static class StatementsServices
{
    public static IServiceCollection AddStatements(this IServiceCollection services) => services
        .AddSingleton<StatementStore>()
        .AddSingleton<MonthStatements>();
}
