using CallMyWay.Functions.ContactGuard;

namespace CallMyWay.Functions.Tests.ContactGuard;

public sealed class CostaRicanHolidaysTests
{
    // Dates of the tables of the United States Naval Observatory.
    [Theory]
    [InlineData(1961, "1961-04-02")]
    [InlineData(1981, "1981-04-19")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2049, "2049-04-18")]
    public void Easter_Is_Computed(int year, string easter) =>
        CostaRicanHolidays.EasterOf(year).ShouldBe(DateOnly.Parse(easter, null));

    [Fact]
    public void The_Twelve_Holidays_Of_A_Year_Are_In_Their_Order() =>
        CostaRicanHolidays.Of(2026).Select(holiday => $"{holiday.Date:yyyy-MM-dd} {holiday.Name.Es}").ShouldBe(
        [
            "2026-01-01 Año Nuevo",
            "2026-04-02 Jueves Santo",
            "2026-04-03 Viernes Santo",
            "2026-04-11 Día de Juan Santamaría",
            "2026-05-01 Día Internacional del Trabajo",
            "2026-07-25 Anexión del Partido de Nicoya",
            "2026-08-02 Día de la Virgen de los Ángeles",
            "2026-08-15 Día de la Madre",
            "2026-08-31 Día de la Persona Negra y la Cultura Afrocostarricense",
            "2026-09-15 Día de la Independencia",
            "2026-12-01 Día de la Abolición del Ejército",
            "2026-12-25 Navidad",
        ]);

    [Fact]
    public void A_Holiday_Has_Its_Name_In_Both_Languages() =>
        CostaRicanHolidays.NameOf(new DateOnly(2026, 4, 3)).ShouldBe(new("Viernes Santo", "Good Friday"));
}
