/* The smallest program to start. */
int main(void)
{
    return 0;
}
