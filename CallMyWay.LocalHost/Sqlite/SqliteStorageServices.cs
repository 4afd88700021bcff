using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

public static class SqliteStorageServices
{
    /// <summary>Tables and queues of the features in a file of this folder.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string folder) =>
        services.AddSqliteStorage(provider => SqliteDatabase.Open(folder, provider.GetService<TimeProvider>()));

    /// <summary>
    /// Tables and queues in a database, which is opened at its first use; ask for <see cref="SqliteDatabase"/> at start
    /// to hear then what is wrong with its folder. It closes with the services.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services, Func<IServiceProvider, SqliteDatabase> open) => services
        .AddSingleton(open)
        .AddSingleton(provider => provider.GetRequiredService<SqliteDatabase>().SendRate)
        .AddSingleton<ITables, SqliteTables>()
        .AddSingleton<SqliteQueue>()
        .AddSingleton<IQueue>(provider => provider.GetRequiredService<SqliteQueue>())
        .AddSingleton<IQueueReceiver>(provider => provider.GetRequiredService<SqliteQueue>())
        .AddSingleton<IQueueAdmin>(provider => provider.GetRequiredService<SqliteQueue>());
}
